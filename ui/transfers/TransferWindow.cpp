#include "ui/transfers/TransferWindow.h"

#include "ui/transfers/TransferPanel.h"
#include "ui/widgets/CloseKeys.h"

#include <QVBoxLayout>

namespace ui {
namespace {

// In characters and lines of the user's font.
constexpr int usualWidth = 120;
constexpr int usualHeight = 22;

} // namespace

TransferWindow::TransferWindow(transfer::TransferSchedule &schedule, QWidget *parent)
    : QWidget(parent, Qt::Window)
{
    setObjectName(QStringLiteral("transferWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Transfers — Ponto"));
    auto *panel = new TransferPanel(this);
    panel->grow();
    panel->setSchedule(&schedule);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(panel);
    resize(fontMetrics().averageCharWidth() * usualWidth, fontMetrics().height() * usualHeight);
}

} // namespace ui

#include "ui/transfers/TransferWindow.h"

#include "ui/transfers/TransferPanel.h"

#include <QShortcut>
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
    setWindowTitle(tr("Transfers — Ponto"));
    auto *panel = new TransferPanel(this);
    panel->grow();
    panel->setSchedule(&schedule);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(panel);
    auto *escape = new QShortcut(Qt::Key_Escape, this);
    connect(escape, &QShortcut::activated, this, &QWidget::close);
    resize(fontMetrics().averageCharWidth() * usualWidth, fontMetrics().height() * usualHeight);
}

} // namespace ui

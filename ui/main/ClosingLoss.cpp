#include "ui/main/ClosingLoss.h"

#include "ui/commands/RunPanel.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/Workspace.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ClosingLoss", text);
}

} // namespace

QString closingLoss(const ConnectionPage &page)
{
    QStringList losses;
    if (const int transfers = page.unfinishedTransfers(); transfers > 0) {
        losses.append(tr("%1 transfers are not finished. They go on with the next connection.")
                          .arg(QLocale().toString(transfers)));
    }
    if (const QString loss = page.tab().lossText(); !loss.isEmpty()) {
        losses.append(loss);
    }
    if (page.workspace().isSynchronizing()) {
        losses.append(tr("Its folders are being synchronized. That will be ended."));
    }
    if (page.bottom().run().isRunning()) {
        losses.append(tr("A command of the Run panel is still running. It will be ended."));
    }
    return losses.join(u' ');
}

} // namespace ui

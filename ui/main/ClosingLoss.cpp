#include "ui/main/ClosingLoss.h"

#include "transfer/TransferQueue.h"
#include "ui/commands/RunPanel.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PanePlace.h"
#include "ui/main/BottomPanel.h"
#include "ui/main/ConnectionPage.h"
#include "ui/main/TabTerminals.h"
#include "ui/main/Workspace.h"

#include <QCoreApplication>
#include <QLocale>
#include <QSet>
#include <QStringList>

#include <utility>

namespace ui {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ui::ClosingLoss", text);
}

// Of those that run as another user than the login.
qsizetype userTransfers(const ConnectionPage &page)
{
    QSet<const transfer::TransferQueue *> queues;
    for (const FilePane *pane : page.workspace().filesView().panes()) {
        if (!pane->place()->user().isEmpty() && pane->place()->queue() != nullptr) {
            queues.insert(pane->place()->queue());
        }
    }
    qsizetype count = 0;
    for (const transfer::TransferQueue *queue : std::as_const(queues)) {
        count += queue->unfinishedCount();
    }
    return count;
}

} // namespace

QString closingLoss(const ConnectionPage &page)
{
    QStringList losses;
    if (const int transfers = page.unfinishedTransfers(); transfers > 0) {
        losses.append(tr("%1 transfers are not finished. They go on with the next connection.")
                          .arg(QLocale().toString(transfers)));
    }
    if (const qsizetype transfers = userTransfers(page); transfers > 0) {
        losses.append(tr("%1 transfers as another user are not finished. They wait until those "
                         "files are opened again, and end with Ponto.")
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

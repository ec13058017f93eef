#include "ui/main/SessionExchange.h"

#include "base/DisplayText.h"
#include "ui/connect/ExportSheet.h"
#include "ui/connect/ImportSheet.h"
#include "ui/connect/SessionChanges.h"
#include "ui/connect/SessionSidebar.h"
#include "ui/main/Actions.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/SheetHost.h"

namespace ui {

SessionExchange::SessionExchange(profiles::ProfileStore &store, Actions &actions,
                                 SessionSidebar &sidebar, SheetHost &host)
    : QObject(&host)
    , m_store(store)
    , m_sidebar(sidebar)
    , m_host(host)
{
    connect(actions.importSessions, &QAction::triggered, this, &SessionExchange::showImport);
    connect(actions.exportSessions, &QAction::triggered, this, [this] { showExport({}); });
    connect(&sidebar, &SessionSidebar::exportRequested, this, &SessionExchange::showExport);
}

void SessionExchange::showImport()
{
    auto *sheet = new ImportSheet(m_store, &m_host);
    connect(sheet, &ImportSheet::imported, &m_sidebar.changes(), &SessionChanges::tellImported);
    m_host.present(sheet);
    sheet->setFocus();
}

void SessionExchange::showExport(const QStringList &ids)
{
    auto *sheet = new ExportSheet(ids, m_store, &m_host);
    connect(sheet, &ExportSheet::exported, this, [this](qsizetype count, const QString &path) {
        m_sidebar.notices().showNotice(
            (count == 1 ? tr("One session was written to %1.")
                        : tr("%n sessions were written to %1.", nullptr, static_cast<int>(count)))
                .arg(base::displayText(path)));
    });
    m_host.present(sheet);
    sheet->setFocus();
}

} // namespace ui

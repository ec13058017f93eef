#include "ui/main/PaneEdits.h"

#include "base/DisplayText.h"
#include "ui/edit/OpenWithSheet.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneActions.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAction>

#include <algorithm>
#include <utility>

namespace ui {
namespace {

const QString localPlace = QStringLiteral("local");
constexpr qsizetype mostAtOnce = 10; // windows of one key

} // namespace

PaneEdits::PaneEdits(FilesView &view, files::FileSystem &local, EditDesk &desk)
    : QObject(&view)
    , m_view(view)
    , m_local(local)
    , m_desk(&desk)
{
    desk.placeOpened(localPlace, local);
    connect(&desk, &EditDesk::saved, this, &PaneEdits::showSaved);
    connect(&view, &FilesView::paneOpened, this, &PaneEdits::connectPane);
    for (FilePane *pane : view.panes()) {
        connectPane(*pane);
    }
}

PaneEdits::~PaneEdits()
{
    if (m_desk != nullptr) {
        m_desk->placeClosed(localPlace, &m_local);
    }
}

void PaneEdits::connectPane(FilePane &pane)
{
    connect(pane.actions().edit, &QAction::triggered, this,
            [this, &pane] { edit(pane, pane.selectedPaths(), {}); });
    connect(&pane, &FilePane::fileActivated, this,
            [this, &pane](const files::FilePath &path) { edit(pane, {path}, {}); });
    connect(pane.actions().openWith, &QAction::triggered, this, [this, &pane] { askWith(pane); });
}

// A pane that shows the file shows its new size and time.
void PaneEdits::showSaved(const QString &place, const files::FilePath &path)
{
    for (FilePane *pane : m_view.panes()) {
        if (place == pane->place()->id() && pane->directory() == path.parent()) {
            pane->refresh();
        }
    }
}

void PaneEdits::edit(FilePane &pane, QList<files::FilePath> paths,
                     const std::optional<QString> &command)
{
    const PanePlace &place = *pane.place();
    const QString label
        = place.kind() == Place::ThisComputer ? FilePane::tr("This computer") : place.label();
    paths.resize(std::min(paths.size(), mostAtOnce));
    for (const files::FilePath &path : std::as_const(paths)) {
        if (m_desk != nullptr && pane.fileSystem() != nullptr) {
            m_desk->open(*pane.fileSystem(), {place.id(), label, path}, command, &pane,
                         [&pane](const ErrorText &why) { pane.banner().showError(why); });
        }
    }
}

void PaneEdits::askWith(FilePane &pane)
{
    const QList<files::FilePath> paths = pane.selectedPaths();
    if (paths.isEmpty() || m_desk == nullptr) {
        return;
    }
    auto sheet = std::make_unique<OpenWithSheet>(base::displayText(paths.first().name()),
                                                 m_desk->programs());
    connect(sheet.get(), &OpenWithSheet::accepted, this,
            [this, &pane, paths](const QString &command) { edit(pane, paths, command); });
    pane.openSheet(std::move(sheet), paths);
}

} // namespace ui

#include "ui/main/PaneEdits.h"

#include "base/DisplayText.h"
#include "ui/edit/OpenWithSheet.h"
#include "ui/files/FilePane.h"
#include "ui/files/FilesView.h"
#include "ui/files/PaneActions.h"
#include "ui/widgets/ErrorBanner.h"

#include <QAction>

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
    connectPane(view.localPane());
    connectPane(view.remotePane());
    connect(&view.remotePane(), &FilePane::placeLeft, this, &PaneEdits::leave);
}

PaneEdits::~PaneEdits()
{
    leave();
    if (m_desk != nullptr) {
        m_desk->placeClosed(localPlace, &m_local);
    }
}

void PaneEdits::connectPane(FilePane &pane)
{
    connect(pane.actions().edit, &QAction::triggered, this, [this, &pane] { edit(pane, {}); });
    connect(pane.actions().openWith, &QAction::triggered, this, [this, &pane] { askWith(pane); });
}

void PaneEdits::setServer(const QString &place, const QString &label)
{
    leave();
    m_server = m_view.remotePane().fileSystem();
    m_place = place;
    m_label = label;
    if (m_server != nullptr && m_desk != nullptr) {
        m_desk->placeOpened(place, *m_server);
    }
}

void PaneEdits::leave()
{
    if (files::FileSystem *left = std::exchange(m_server, nullptr);
        left != nullptr && m_desk != nullptr) {
        m_desk->placeClosed(m_place, left);
    }
}

// A pane that shows the file shows its new size and time.
void PaneEdits::showSaved(const QString &place, const files::FilePath &path)
{
    for (FilePane *pane : {&m_view.localPane(), &m_view.remotePane()}) {
        const bool isLocal = pane->place() == Place::ThisComputer;
        if (place == (isLocal ? localPlace : m_place) && pane->directory() == path.parent()) {
            pane->refresh();
        }
    }
}

bool PaneEdits::isWaiting() const
{
    return m_desk != nullptr && m_desk->isWaitingFor(m_place);
}

void PaneEdits::edit(FilePane &pane, const std::optional<QString> &command)
{
    const bool isLocal = pane.place() == Place::ThisComputer;
    QList<files::FilePath> paths = pane.selectedPaths();
    paths.resize(std::min(paths.size(), mostAtOnce));
    for (const files::FilePath &path : paths) {
        if (m_desk != nullptr && pane.fileSystem() != nullptr) {
            m_desk->open(*pane.fileSystem(),
                         {isLocal ? localPlace : m_place,
                          isLocal ? FilePane::tr("This computer") : m_label, path},
                         command, &pane,
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
            [this, &pane](const QString &command) { edit(pane, command); });
    pane.openSheet(std::move(sheet));
}

} // namespace ui

// FilesView: two panes side by side, each with tabs, and copying between them. At first the left
// one shows this computer's files and the right one a server's. The files part of a session tab.

#pragma once

#include "files/FilePath.h"
#include "transfer/TransferRequest.h"
#include "ui/units/SizeText.h"

#include <QWidget>

#include <functional>
#include <memory>

class QSplitter;
class QToolButton;

namespace ui {

class FilePane;
class PanePlace;
class PaneTabs;
class PaneTransfers;
class SynchronizedBrowsing;

class FilesView final : public QWidget
{
    Q_OBJECT

public:
    using Places = QList<std::shared_ptr<PanePlace>>;

    // Lists the login directory of `local` unless showLocal() is called before the event loop runs.
    FilesView(std::shared_ptr<PanePlace> local, std::shared_ptr<PanePlace> server,
              QWidget *parent = nullptr);
    ~FilesView() override;

    // What panes can show beside the two; asked each time somebody wants to choose.
    void setOtherPlaces(std::function<Places()> places) { m_otherPlaces = std::move(places); }

    // Completes each request before its transfer starts, as the user has chosen once for all.
    void setPreparation(std::function<void(transfer::TransferRequest &)> prepare);

    // Goes there as soon as it can; an unreadable directory leaves the pane where it is. A pane
    // that shows the place is brought to the front, or one is made to.
    void showLocal(const files::FilePath &directory);
    void showRemote(const files::FilePath &directory);

    // Widths, columns, sort orders and hidden files, for restoreState() of another run.
    QByteArray saveState() const;
    // False if `state` is of another version: then nothing changes.
    bool restoreState(const QByteArray &state);

    // Of this computer, to a directory of the server; asks first if there is a caution.
    void upload(const QList<files::FilePath> &sources, const files::FilePath &directory);
    bool canUpload() const; // the server can be reached

    PaneTabs &leftSide() const { return *m_left; }
    PaneTabs &rightSide() const { return *m_right; }
    const std::shared_ptr<PanePlace> &localPlace() const { return m_localPlace; }
    const std::shared_ptr<PanePlace> &serverPlace() const { return m_serverPlace; }

    // Those in front.
    FilePane &leftPane() const;
    FilePane &rightPane() const;
    QList<FilePane *> panes() const; // all of them
    FilePane &activePane() const; // which of the two had the focus last

    // The one that shows the server's files, in front or behind; null if none does.
    FilePane *serverPane() const;

    void showSizesAnew(); // their units are others by now

signals:
    void sizeUnitsChosen(ui::SizeUnits units); // in a pane: they hold in all windows by now
    void synchronizeRequested(); // both directories
    void paneOpened(ui::FilePane &pane); // beside the two that are there from the beginning
    void tabsChanged(); // at either side: see PaneTabs::changed()

private:
    QWidget *createCopyBar();
    QToolButton *createCopyButton(const char *iconName, const char *id, const QString &name,
                                  const QString &tip);
    void connectPane(FilePane &pane, PaneTabs &otherSide);
    void fillPlaces(FilePane &pane);
    Places places() const;
    void showPlace(const std::shared_ptr<PanePlace> &place, PaneTabs &side,
                   const files::FilePath &directory);
    FilePane *paneOf(const PanePlace &place) const;
    void followPanes();
    void followFocus();
    void updateCopyButtons();

    std::shared_ptr<PanePlace> m_localPlace; // shared with the panes, as the next one
    std::shared_ptr<PanePlace> m_serverPlace;
    std::function<Places()> m_otherPlaces = [] { return Places(); };
    PaneTransfers *m_transfers;
    PaneTabs *m_left;
    PaneTabs *m_right;
    PaneTabs *m_activeSide;
    QSplitter *m_splitter = nullptr;
    QToolButton *m_toRight = nullptr;
    QToolButton *m_toLeft = nullptr;
    QToolButton *m_together = nullptr;
    QToolButton *m_compare = nullptr; // marks what differs
    QToolButton *m_synchronize = nullptr;
    SynchronizedBrowsing *m_browsing = nullptr;
    QMetaObject::Connection m_focusChanges;
};

} // namespace ui

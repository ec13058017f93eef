// ServerPlace: the files of a login, as panes of this tab and of others show them. Holds the login
// for as long as a pane shows its files, and says when they can be reached. The tab that has logged
// in joins it to each connection anew.

#pragma once

#include "ui/edit/EditDesk.h"
#include "ui/files/ChangeHistory.h"
#include "ui/files/PanePlace.h"

#include <QList>
#include <QPointer>

#include <memory>

namespace settings {
class Settings;
}

namespace ui {

class SharedConnection;

class ServerPlace final : public PanePlace
{
    Q_OBJECT

public:
    // `label` is what the user calls the server. The desk may be null, and may end before this.
    ServerPlace(const QString &label, EditDesk *desk);
    ~ServerPlace() override;

    void setTitle(const QString &label);

    // Where to find what can be undone, before join(). Without them this has a list of its own.
    void setHistories(std::shared_ptr<ChangeHistories> histories);
    // Of the same files as another user, who is safe to show.
    std::shared_ptr<ChangeHistory> historyAs(const QString &user) const;

    // Before the files of the connection are opened.
    void join(std::shared_ptr<SharedConnection> connection);
    void leave(); // the files can not be reached any more

    bool isLoggedIn() const;
    SharedConnection *connection() const { return m_connection.get(); }

    bool waitsForTab() const override { return m_connection == nullptr; }
    void want() override; // opens the files
    void attachTo(transfer::TransferQueue &queue) override;

    // Files of the server that were saved wait for its files to be opened.
    bool hasWaitingEdits() const;

private:
    void openFiles();
    void closeFiles();

    QString m_title;
    std::shared_ptr<ChangeHistories> m_histories; // shared with all places, may be null
    QPointer<EditDesk> m_desk;
    std::shared_ptr<SharedConnection> m_connection; // shared with the tabs on the login
};

// The places of all tabs, for panes of any of them. The window has one.
class ServerPlaces final
{
public:
    void add(const std::shared_ptr<ServerPlace> &place);

    // What can be undone of this computer's files.
    std::shared_ptr<ChangeHistory> localHistory() const;

    QList<std::shared_ptr<PanePlace>> loggedIn();

private:
    QList<std::weak_ptr<ServerPlace>> m_places; // shared with tabs and panes
    std::shared_ptr<ChangeHistories> m_histories = std::make_shared<ChangeHistories>(); // likewise
};

// Keeps the bookmarks of the place in the settings, and takes over what others keep there. Both
// are borrowed: the settings outlive the place.
void keepBookmarks(PanePlace &place, settings::Settings &settings);

} // namespace ui

// ServerPlace: the files of a login, as panes of this tab and of others show them. Holds the login
// for as long as a pane shows its files, and says when they can be reached. The tab that has logged
// in joins it to each connection anew.

#pragma once

#include "ui/edit/EditDesk.h"
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

    // Before the files of the connection are opened.
    void join(std::shared_ptr<SharedConnection> connection);
    void leave(); // the files can not be reached any more

    bool isLoggedIn() const;
    SharedConnection *connection() const { return m_connection.get(); }

    void want() override; // opens the files
    void attachTo(transfer::TransferQueue &queue) override;

    // Files of the server that were saved wait for its files to be opened.
    bool hasWaitingEdits() const;

private:
    void openFiles();
    void closeFiles();

    QString m_title;
    QPointer<EditDesk> m_desk;
    std::shared_ptr<SharedConnection> m_connection; // shared with the tabs on the login
};

// The places of all tabs, for panes of any of them. The window has one.
class ServerPlaces final
{
public:
    void add(const std::shared_ptr<ServerPlace> &place) { m_places.append(place); }

    QList<std::shared_ptr<PanePlace>> loggedIn();

private:
    QList<std::weak_ptr<ServerPlace>> m_places; // shared with tabs and panes
};

// Keeps the bookmarks of the place in the settings, and takes over what others keep there. Both
// are borrowed: the settings outlive the place.
void keepBookmarks(PanePlace &place, settings::Settings &settings);

} // namespace ui

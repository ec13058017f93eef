#include "ui/main/ServerPlace.h"

#include "settings/Settings.h"
#include "sftp/CommandOutput.h"
#include "ui/main/RouteText.h"
#include "ui/main/SharedConnection.h"
#include "ui/main/TransferTarget.h"

#include <utility>

namespace ui {
namespace {

constexpr qsizetype mostOutputBytes = qsizetype{16} * 1024 * 1024;

// By place: a map of lists of paths, percent-encoded for they need not be text.
QList<files::FilePath> storedBookmarks(const settings::Settings &settings, const QString &place)
{
    QList<files::FilePath> paths;
    for (const QString &path :
         settings.value(settings::keys::bookmarks).value(place).toStringList()) {
        paths.append(files::FilePath(QByteArray::fromPercentEncoding(path.toLatin1())));
    }
    return paths;
}

} // namespace

ServerPlace::ServerPlace(const QString &label, EditDesk *desk)
    : PanePlace(Place::Server)
    , m_title(label)
    , m_desk(desk)
{
    open(nullptr, label);
}

ServerPlace::~ServerPlace()
{
    closeFiles();
}

void ServerPlace::setTitle(const QString &label)
{
    if (label != std::exchange(m_title, label)) {
        open(fileSystem(), label, queue());
    }
}

void ServerPlace::setHistories(std::shared_ptr<ChangeHistories> histories)
{
    m_histories = std::move(histories);
}

std::shared_ptr<ChangeHistory> ServerPlace::historyAs(const QString &user) const
{
    if (m_histories == nullptr || m_connection == nullptr) {
        return std::make_shared<ChangeHistory>();
    }
    return m_histories->of(serverKey(m_connection->connection().settings()) + QStringLiteral(" as ")
                           + user);
}

void ServerPlace::join(std::shared_ptr<SharedConnection> connection)
{
    leave();
    m_connection = std::move(connection);
    const ssh::ConnectionSettings &settings = m_connection->connection().settings();
    setId(serverKey(settings));
    setAddress(PaneAddress{settings.user, settings.host, settings.port, jumpHosts(settings.route)});
    if (m_histories != nullptr) {
        setHistory(m_histories->of(serverKey(settings)));
    }
    connect(m_connection.get(), &SharedConnection::filesOpened, this, &ServerPlace::openFiles);
    connect(m_connection.get(), &SharedConnection::filesClosed, this, &ServerPlace::closeFiles);
    connect(&m_connection->connection(), &ssh::Connection::closed, this, &ServerPlace::closeFiles);
    if (m_connection->files() != nullptr) {
        openFiles();
    }
}

void ServerPlace::leave()
{
    closeFiles();
    if (m_connection != nullptr) {
        m_connection->disconnect(this);
        m_connection->connection().disconnect(this);
        m_connection.reset();
    }
}

bool ServerPlace::isLoggedIn() const
{
    return m_connection != nullptr
        && m_connection->connection().state() == ssh::Connection::State::Ready;
}

void ServerPlace::want()
{
    if (isLoggedIn()) {
        m_connection->openFiles();
    }
}

void ServerPlace::attachTo(transfer::TransferQueue &queue)
{
    m_connection->attachTo(queue);
}

bool ServerPlace::hasWaitingEdits() const
{
    return m_desk != nullptr && m_desk->isWaitingFor(id());
}

void ServerPlace::openFiles()
{
    files::FileSystem *files = m_connection->files();
    if (files == fileSystem()) {
        return;
    }
    setRunCommand([connection = &m_connection->connection()](const QByteArray &command) {
        return sftp::outputOf(*connection, command, mostOutputBytes);
    });
    open(files, m_title, m_connection->transfers().get());
    if (m_desk != nullptr) {
        m_desk->placeOpened(id(), *files);
    }
}

void ServerPlace::closeFiles()
{
    files::FileSystem *left = fileSystem();
    if (left != nullptr && m_desk != nullptr) {
        m_desk->placeClosed(id(), left);
    }
    close();
}

void ServerPlaces::add(const std::shared_ptr<ServerPlace> &place)
{
    place->setHistories(m_histories);
    m_places.append(place);
}

std::shared_ptr<ChangeHistory> ServerPlaces::localHistory() const
{
    return m_histories->of({});
}

QList<std::shared_ptr<PanePlace>> ServerPlaces::loggedIn()
{
    m_places.removeIf([](const std::weak_ptr<ServerPlace> &place) { return place.expired(); });
    QList<std::shared_ptr<PanePlace>> result;
    for (const std::weak_ptr<ServerPlace> &one : std::as_const(m_places)) {
        if (const std::shared_ptr<ServerPlace> place = one.lock();
            place != nullptr && place->isLoggedIn()) {
            result.append(place);
        }
    }
    return result;
}

void keepBookmarks(PanePlace &place, settings::Settings &settings)
{
    const auto read
        = [&place, &settings] { place.setBookmarks(storedBookmarks(settings, place.id())); };
    QObject::connect(&settings, &settings::Settings::changed, &place,
                     [read](QLatin1StringView name) {
                         if (name == settings::keys::bookmarks.name) {
                             read();
                         }
                     });
    QObject::connect(&place, &PanePlace::changed, &place, read); // under another id, perhaps
    QObject::connect(&place, &PanePlace::bookmarksEdited, &place,
                     [&place, &settings](const QList<files::FilePath> &changed) {
                         QStringList lines;
                         for (const files::FilePath &path : changed) {
                             lines << QString::fromLatin1(path.bytes().toPercentEncoding("/"));
                         }
                         auto map = settings.value(settings::keys::bookmarks);
                         map.insert(place.id(), lines);
                         settings.setValue(settings::keys::bookmarks, map);
                     });
    read();
}

} // namespace ui

// ProxyService: lets `ponto proxy` lead through the open connections of this Ponto. Listens on a
// private socket; each client gets a channel, and is then served by the connection's thread.

#pragma once

#include "app/ProxySocket.h"
#include "forward/ListeningSocket.h"

#include <QObject>

#include <functional>
#include <map>
#include <memory>

namespace ssh {
class Connection;
}

namespace app {

class ProxyService final : public QObject
{
    Q_OBJECT

public:
    // The open connection that the user calls so; null if there is none.
    using Find = std::function<ssh::Connection *(const QString &session)>;

    explicit ProxyService(Find find, QObject *parent = nullptr);
    ~ProxyService() override; // whoever is being served goes on with its connection

    // AlreadyExists if another Ponto of this user listens there.
    base::Result<void> listen(const QString &path);

private:
    struct Waiting;

    void accept(forward::Client client);
    void read(int id);
    void serve(int id, const ProxyWish &wish, const QByteArray &firstBytes);
    void refuse(int id, const QString &sentence);

    Find m_find;
    std::unique_ptr<forward::ListeningSocket> m_listener;
    std::map<int, std::unique_ptr<Waiting>> m_waiting; // clients that have not said what they want
    int m_lastId = 0;
};

} // namespace app

// StreamHandler: the connection's end of a Shell or an ExecProcess. Its signals go to the owner's
// thread; what the owner orders comes as posted calls on port().

#pragma once

#include "ssh/ChannelHandler.h"

#include <QMetaType>
#include <QObject>

#include <optional>
#include <utility>

namespace ssh {

class StreamHandler final : public QObject, public ChannelHandler
{
    Q_OBJECT

public:
    // How much the server may send before the owner has consumed() anything.
    static constexpr qsizetype initialCredit = qsizetype{256} * 1024;

    Priority priority() const override { return Priority::Interactive; }
    void started(ChannelPort &port) override;
    void received(QByteArrayView data, OutputStream stream) override;
    void written(qsizetype bytes) override;
    void drained() override { }
    void finished(const base::Result<ExitStatus> &end) override;

    // Takes what the owner wrote, even before the program runs.
    void write(const QByteArray &data);
    void sendEof();
    void resize(int columns, int rows);
    void close(); // as soon as it has opened

    // Null unless the program runs.
    ChannelPort *port() const { return m_port; }

signals:
    void programStarted();
    void outputReceived(const QByteArray &data, ssh::OutputStream stream);
    void inputTaken(qsizetype bytes); // on its way to the server
    void ended(const base::Result<ssh::ExitStatus> &end);

private:
    ChannelPort *m_port = nullptr;
    QByteArray m_early; // written before the start
    bool m_isEofEarly = false;
    bool m_isClosedEarly = false;
    std::optional<std::pair<int, int>> m_earlySize;
};

} // namespace ssh

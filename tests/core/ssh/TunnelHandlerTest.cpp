#include "ssh/TunnelHandler.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

using ssh::TunnelHandler;

namespace {

// The channel's side, which remembers what it was told.
class FakePort final : public ssh::ChannelPort
{
public:
    void write(const QByteArray &data) override { queue += data; }
    qsizetype queuedBytes() const override { return queue.size(); }
    void grant(qsizetype bytes) override { granted += bytes; }
    void sendEof() override { }
    void resize(int, int) override { }
    void sendSignal(const QByteArray &) override { }
    void close() override { ++closeCount; }

    QByteArray queue;
    qsizetype granted = 0;
    int closeCount = 0;
};

} // namespace

class TunnelHandlerTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void bytesReachTheSocket();
    void bytesReachTheChannel();
    void creditIsGivenForWhatTheSocketTook();
    void socketIsNotReadFasterThanTheChannelSends();
    void endOfTheSocketClosesTheChannelWhenAllIsSent();
    void endOfTheChannelsDataClosesItWhenAllIsWritten();
    void failureIsToldBeforeTheSocketEnds();
    void wantedCloseIsNoFailure();

private:
    QByteArray readAll() const;
    qsizetype writeMuch() const;

    base::UniqueFd m_farEnd;
    FakePort m_port;
    std::unique_ptr<TunnelHandler> m_handler;
};

void TunnelHandlerTest::init()
{
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()), 0);
    m_farEnd = base::UniqueFd(ends[0]);
    m_port = {};
    m_handler = std::make_unique<TunnelHandler>(base::UniqueFd(ends[1]));
    m_handler->started(m_port);
}

void TunnelHandlerTest::cleanup()
{
    m_handler.reset();
}

QByteArray TunnelHandlerTest::readAll() const
{
    QByteArray all;
    std::array<char, 65536> bytes;
    ssize_t count = 0;
    while ((count = ::read(m_farEnd.get(), bytes.data(), bytes.size())) > 0) {
        all.append(bytes.data(), count);
    }
    return all;
}

// As much as the socket takes right now.
qsizetype TunnelHandlerTest::writeMuch() const
{
    const QByteArray piece(65536, 'x');
    qsizetype written = 0;
    ssize_t count = 0;
    while ((count = ::write(m_farEnd.get(), piece.constData(), 65536)) > 0) {
        written += count;
    }
    return written;
}

void TunnelHandlerTest::bytesReachTheSocket()
{
    m_handler->received("SSH-2.0-x", ssh::OutputStream::Standard);

    QCOMPARE(readAll(), "SSH-2.0-x");
}

void TunnelHandlerTest::bytesReachTheChannel()
{
    QCOMPARE(::write(m_farEnd.get(), "SSH-2.0-x", 9), 9);

    QTRY_COMPARE(m_port.queue, "SSH-2.0-x");
}

void TunnelHandlerTest::creditIsGivenForWhatTheSocketTook()
{
    const qsizetype first = m_port.granted;
    const QByteArray much(2 * 1024 * 1024, 'x'); // more than a socket holds
    m_handler->received(much, ssh::OutputStream::Standard);
    QVERIFY(m_port.granted < first + much.size());

    qsizetype read = 0;
    const auto isAllRead = [&] {
        read += readAll().size();
        return read == much.size();
    };
    QTRY_VERIFY(isAllRead());

    QTRY_COMPARE(m_port.granted, first + much.size());
}

void TunnelHandlerTest::socketIsNotReadFasterThanTheChannelSends()
{
    qsizetype written = 0;
    for (int i = 0; i < 50; ++i) { // the channel sends nothing: at some point nothing more fits
        written += writeMuch();
        QCoreApplication::processEvents();
    }
    QVERIFY(m_port.queuedBytes() < written);
    QVERIFY(m_port.queuedBytes() <= 512 * 1024);

    const auto isAllSent = [&] {
        written -= m_port.queuedBytes();
        m_port.queue.clear();
        m_handler->written(1);
        return written == 0;
    };
    QTRY_VERIFY(isAllSent());
}

void TunnelHandlerTest::endOfTheSocketClosesTheChannelWhenAllIsSent()
{
    QCOMPARE(::write(m_farEnd.get(), "bye", 3), 3);
    m_farEnd = {};
    QTRY_COMPARE(m_port.queue, "bye");
    QCoreApplication::processEvents();
    QCOMPARE(m_port.closeCount, 0);

    m_port.queue.clear();
    m_handler->written(3);

    QCOMPARE(m_port.closeCount, 0); // not from inside the call
    QTRY_COMPARE(m_port.closeCount, 1);
}

void TunnelHandlerTest::endOfTheChannelsDataClosesItWhenAllIsWritten()
{
    const QByteArray much(2 * 1024 * 1024, 'x');
    m_handler->received(much, ssh::OutputStream::Standard);
    m_handler->dataEnded();
    QCoreApplication::processEvents();
    QCOMPARE(m_port.closeCount, 0);

    const auto isClosed = [this] {
        readAll();
        return m_port.closeCount > 0;
    };
    QTRY_VERIFY(isClosed());
}

void TunnelHandlerTest::failureIsToldBeforeTheSocketEnds()
{
    char byte = 0;
    bool wasOpen = false;
    connect(m_handler.get(), &TunnelHandler::failed, this,
            [&] { wasOpen = ::read(m_farEnd.get(), &byte, 1) < 0 && errno == EAGAIN; });

    m_handler->finished(base::Failure(base::Error{.kind = base::ErrorKind::ConnectionLost}));

    QVERIFY(wasOpen);
    QCOMPARE(::read(m_farEnd.get(), &byte, 1), 0); // the end
}

void TunnelHandlerTest::wantedCloseIsNoFailure()
{
    QSignalSpy failed(m_handler.get(), &TunnelHandler::failed);

    m_handler->finished(base::Failure(base::Error{.kind = base::ErrorKind::Cancelled}));

    QCOMPARE(failed.size(), 0);
}

QTEST_GUILESS_MAIN(TunnelHandlerTest)

#include "TunnelHandlerTest.moc"

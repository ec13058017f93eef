// LocalInput: reads standard input piece by piece, as fast as somebody takes it.

#pragma once

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>

namespace app {

class LocalInput final : public QObject
{
    Q_OBJECT

public:
    // `fd` is borrowed, and is read from resume() on.
    explicit LocalInput(int fd);

    void resume();
    void pause();

signals:
    void received(const QByteArray &data); // up to 64 KiB
    void ended(); // once, the last signal: end of file, or nothing that can be read

private:
    void readSome();

    int m_fd;
    QSocketNotifier m_notifier;
};

} // namespace app

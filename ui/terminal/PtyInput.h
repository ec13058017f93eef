// PtyInput: the way by which bytes reach the screen of a QTermWidget that has no program of its
// own: the slave side of its pty, which the widget reads in the same thread. Used by
// TerminalBridge.
//
// A blocking write would therefore wait for itself for ever; this one never blocks.

#pragma once

#include <QByteArrayView>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace ui {

class PtyInput final : public QObject
{
    Q_OBJECT

public:
    // Duplicates `slave`, so that the widget may close its own at any time, and makes the terminal
    // raw: it comes with line editing and with LF turned into CR LF (termios(3)).
    explicit PtyInput(int slave, QObject *parent = nullptr);
    ~PtyInput() override;

    // How many bytes were taken, from the front: 0 if the pty is full, which is after about 4 KiB.
    // Takes and drops everything once the widget is gone.
    qsizetype write(QByteArrayView data);

    // While on, writable() is emitted whenever there is room.
    void setNotifying(bool on);

signals:
    void writable();

private:
    int m_descriptor;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ui

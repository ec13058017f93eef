// RunOutput: the last part of what a command writes, standard output and standard error by color,
// in the order of arrival. The whole is in the run's OutputStore.

#pragma once

#include "ssh/ChannelHandler.h"

#include <QByteArray>
#include <QPlainTextEdit>
#include <QTimer>

#include <deque>

namespace ui {

class RunOutput final : public QPlainTextEdit
{
    Q_OBJECT

public:
    static constexpr int mostLines = 5'000;
    static constexpr qsizetype mostPending = qsizetype{256} * 1024; // bytes
    static constexpr qsizetype longestLine = 4'096; // bytes; longer ones are broken

    explicit RunOutput(QWidget *parent = nullptr);

    void begin(); // of another run: empty
    void append(const QByteArray &bytes, ssh::OutputStream stream);
    void finish(); // nothing more comes

signals:
    void skipped(); // once a run: not all of it is shown

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Piece
    {
        QByteArray data;
        ssh::OutputStream stream;
    };

    void showPending(bool isEnd);
    void insert(const QString &text, ssh::OutputStream stream);
    void followPalette();
    void tellSkipped();

    std::deque<Piece> m_pending;
    qsizetype m_pendingBytes = 0;
    QByteArray m_rest[2]; // of each stream: the beginning of a character
    qsizetype m_lineLength = 0;
    QTimer m_timer;
    bool m_hasSkipped = false;
};

} // namespace ui

// SudoDialog: understands what a SudoCommand prints: when a password is wanted, when SFTP begins,
// and in the end why it did not. Pure; used by SudoLogin.
//
// All of it is hostile text until the marks have come, which is neither kept without bound nor
// shown as it is. A server that lies gets no more than the password that it could have asked for.

#pragma once

#include "base/Error.h"
#include "sftp/SudoCommand.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QMetaType>
#include <QString>

namespace sftp {

// sudo waits for a password.
struct SudoQuestion
{
    int attempt = 1; // how often it has asked, this time included
    QString said; // what it has said since the last time, one line; safe to show, may be empty

    friend bool operator==(const SudoQuestion &, const SudoQuestion &) = default;
};

class SudoDialog
{
public:
    // As often as sudo asks unless its passwd_tries says otherwise (sudoers(5)).
    static constexpr int mostAttempts = 3;

    explicit SudoDialog(SudoCommand command);

    // What it printed on standard output. The front of `data` that is the dialog's is taken off:
    // what is left once it is ready is SFTP.
    void takeOutput(QByteArrayView &data);

    // And on standard error.
    void takeMessages(QByteArrayView data);

    bool isReady() const { return m_isReady; }

    // A prompt stands there that has no answer yet.
    bool isAsking() const { return m_isAsking; }
    SudoQuestion question() const;
    void markAnswered();

    // It asked once more than may be.
    bool hasAskedTooOften() const { return m_attempts > mostAttempts; }

    // Why it ended without having become ready, by its ErrorCause. sudo has one exit status for
    // all, so that its words decide; they are in `quote`, safe to show.
    base::Error refusal() const;

    // Why it is given up, for it has said nothing more for too long.
    base::Error overdue() const;

private:
    void handleReport(QByteArrayView word);
    QString lastLine(QByteArrayView text, QByteArrayView words = {}) const; // with these words

    SudoCommand m_command;
    QByteArray m_output; // the end of it, in which a report may have begun
    QByteArray m_messages; // the end of them, without prompts
    QByteArray m_latest; // those since the last prompt
    base::ErrorCause m_obstacle = base::ErrorCause::Unspecified; // that was reported
    int m_attempts = 0;
    bool m_isAsking = false;
    bool m_isReady = false;
};

} // namespace sftp

Q_DECLARE_METATYPE(sftp::SudoQuestion)

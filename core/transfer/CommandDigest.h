// CommandDigest: has a server hash its files by sha256sum(1), where SFTP itself offers no hashes,
// or copy what it hashes, where SFTP offers no copies. Made by SessionPool on the thread that owns
// the connection; asked from that of the connection.

#pragma once

#include "files/FilePath.h"
#include "sftp/Engine.h"
#include "ssh/Connection.h"
#include "transfer/Mailbox.h"

#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace ssh {
class ExecProcess;
}

namespace transfer {

class CommandDigest final : public QObject
{
    Q_OBJECT

public:
    // Nothing if the server does not do it.
    using Answered = std::function<void(const std::optional<QByteArray> &hash)>;

    // Shared with the copies, which may outlive the connection; destroyed on this thread.
    static std::shared_ptr<CommandDigest> make(ssh::Connection &connection);
    ~CommandDigest() override;

    // From any thread. `answered` is posted to `mailbox`, which may be closed by then. One question
    // after another takes a channel.
    void ask(const files::FilePath &path, sftp::FileRange range,
             const std::shared_ptr<Mailbox> &mailbox, Answered answered);

    // The same of the beginning of a file, which becomes the content of `part`: a file of ours,
    // whose size must be looked at afterwards. A full disk is not told.
    void copyBeginning(const files::FilePath &path, quint64 bytes, const files::FilePath &part,
                       const std::shared_ptr<Mailbox> &mailbox, Answered answered);

    // On the owner's thread: all questions are answered with nothing from now on.
    void close();

private:
    explicit CommandDigest(ssh::Connection &connection);

    struct Question
    {
        QByteArray command;
        quint64 bytes = 0;
        std::shared_ptr<Mailbox> mailbox; // shared with who asks
        Answered answered;
    };

    void post(Question question);
    void add(Question question);
    void startNext();
    void finish(const std::optional<QByteArray> &hash);

    QPointer<ssh::Connection> m_connection;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>(); // shared with who asks
    std::deque<Question> m_questions; // the first one is being answered
    std::unique_ptr<ssh::ExecProcess> m_process;
    QByteArray m_output;
    QTimer m_deadline;
    bool m_isUseless = false; // it did not work once
};

// Less than this is read sooner than a command has started.
inline constexpr quint64 leastHashedByCommand = quint64{4} * 1024 * 1024;

// The SHA-256 in what sha256sum(1) prints; nothing if it is something else.
std::optional<QByteArray> digestIn(const QByteArray &output);

// For a POSIX shell: the hash of a part of a file.
QByteArray digestCommand(const files::FilePath &path, sftp::FileRange range);

// Likewise: the same of a beginning, which is copied.
QByteArray copyCommand(const files::FilePath &path, quint64 bytes, const files::FilePath &part);

} // namespace transfer

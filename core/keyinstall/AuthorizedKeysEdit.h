// AuthorizedKeysEdit: a public key into ~/.ssh/authorized_keys of a server, over SFTP. Used by
// KeyInstallation, on the connection's thread.
//
// The line is appended in one write, so that nobody else's addition of the same moment is lost, and
// links and owners stay as they are. Then the file is read again. What sshd's StrictModes would
// object to is mended: the directory gets 0700 and the file 0600.

#pragma once

#include "files/FilePath.h"
#include "sftp/Engine.h"

#include <QByteArray>

#include <memory>

namespace keyinstall {

class AuthorizedKeysEdit : public std::enable_shared_from_this<AuthorizedKeysEdit>
{
public:
    enum class Outcome { Added, WasThere };

    // `line` is "type base64 comment", without a line break, and `blob` the key in it.
    static void run(sftp::Engine &engine, const QByteArray &line, const QByteArray &blob,
                    sftp::Engine::Answered<Outcome> answered);

private:
    using Read = sftp::Engine::Answered<QByteArray>;

    AuthorizedKeysEdit(sftp::Engine &engine, QByteArray line, QByteArray blob,
                       sftp::Engine::Answered<Outcome> answered);

    void lookAtDirectory();
    void handleDirectory(const base::Result<files::FileAttributes> &attributes);
    void lookAtFile();
    void handleFile(const base::Result<files::FileAttributes> &attributes);
    void handleContent(const base::Result<QByteArray> &content);
    void append();
    void write(const sftp::Handle &handle);
    void verify();
    void repair(const base::Error &error);
    void tighten();

    void readAll(Read read);
    void readMore(const sftp::Handle &handle, QByteArray content, Read read);
    void setMode(const files::FilePath &path, quint32 mode, std::move_only_function<void()> next);
    void fail(const base::Error &error);
    void finish(Outcome outcome);

    sftp::Engine &m_engine;
    QByteArray m_line;
    QByteArray m_blob;
    sftp::Engine::Answered<Outcome> m_answered;
    QByteArray m_before; // content of the file
    quint32 m_mode = 0; // of the file, if it was there
    Outcome m_outcome = Outcome::Added;
};

} // namespace keyinstall

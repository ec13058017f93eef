// TransferVerb: what get, put and sync have in common: files are copied to or from a server, or
// from one server to another, over one connection after another, until that is done. As scp(1), get
// and put replace files that exist; the old ones stay until the new ones are complete.

#pragma once

#include "app/CommandLine.h"
#include "app/headless/LocalOutput.h"
#include "app/headless/ProgressLine.h"
#include "app/headless/Report.h"
#include "app/headless/ServerLink.h"
#include "app/headless/Verb.h"

#include <QJsonObject>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace app {

class TransferVerb : public Verb
{
    Q_OBJECT

public:
    void start() override;
    void useStoredSecrets(vault::Vault &vault) override;

    // The first signal stops the copy and removes what is incomplete, unless it can be resumed; the
    // second waits for nothing.
    void interrupt(int signal) override;

protected:
    TransferVerb(ssh::ConnectionSettings settings, const TransferOptions &options);

    // Of a copy between two servers: the one that is copied from. Before start().
    ServerLink &addSource(ssh::ConnectionSettings settings) { return addLink(std::move(settings)); }

    // All logins are done: find out what to copy where, then begin(), beginWork() or fail().
    virtual void prepare() = 0;

    // Work of another kind than begin() does: from now on a lost connection is made again, and a
    // signal cancels the work. endWork() is to follow; true if a signal has ended it, and with it
    // the program.
    void beginWork();
    bool endWork();
    virtual void cancelWork();
    virtual void suspendWork(ServerLink &) { } // its client is about to go
    virtual void resumeWork(ServerLink &) { } // there is another one
    void follow(const transfer::Progress &progress);
    void allowRetries(); // as many as at first

    // To standard output, and ends the program.
    void print(const QByteArray &text, ExitStatus status);

    // To standard output, and goes on.
    void write(const QByteArray &text) { m_output.write(text); }

    // The only server, or the one that is copied to.
    ServerLink &server() { return *m_links.front(); }
    sftp::Client &client() { return server().client(); }
    transfer::CopyOptions copyOptions() const;
    const TransferOptions &options() const { return m_options; }
    void begin(transfer::TransferRequest request);
    void fail(const base::Error &error);

private:
    ServerLink &addLink(ssh::ConnectionSettings settings);
    void openNext();
    void handleReady(ServerLink &link);
    void handleConflict(const transfer::Conflict &conflict);
    void handleFinished(const base::Result<transfer::Summary> &result);
    void tell(const transfer::Summary &summary);
    void finishAfterRemoval(int exitStatus, size_t answers = 0);
    void finish(int exitStatus);

    TransferOptions m_options;
    std::vector<std::unique_ptr<ServerLink>> m_links; // to server(), then to a source
    LocalOutput m_output; // for the summary
    transfer::TransferJob *m_job = nullptr; // of the server's queue
    quint64 m_bytesDone = 0; // at the last sign of progress
    int m_filesDone = 0;
    ProgressLine m_progressLine;
    std::optional<int> m_signal; // that stopped the work
    bool m_hasBegun = false;
    bool m_isWorking = false;
    bool m_isOver = false;
};

// As the elements of arrays in what --json prints. `path` is text: bytes that are not UTF-8 become
// U+FFFD.
QJsonObject toJson(const transfer::FileFailure &failure);
QJsonObject toJson(const transfer::CopyNote &note);

// Several sources need a directory to be copied into.
base::Error notADirectory(const files::FilePath &path);

// `path` as the operating system has it, made absolute and free of "." and "..".
files::FilePath absoluteLocalPath(const QByteArray &path);

} // namespace app

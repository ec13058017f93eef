// TransferVerb: what get and put have in common: one job on one connection. As scp(1), it replaces
// files that exist; the old ones stay until the new ones are complete.

#pragma once

#include "app/CommandLine.h"
#include "app/headless/LocalOutput.h"
#include "app/headless/ProgressLine.h"
#include "app/headless/Report.h"
#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "sftp/Client.h"
#include "transfer/SessionPool.h"
#include "transfer/TransferQueue.h"

#include <QJsonObject>

#include <memory>
#include <optional>

namespace app {

class TransferVerb : public Verb
{
    Q_OBJECT

public:
    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }

    // The first signal stops the copy and removes what is incomplete, unless it can be resumed; the
    // second waits for nothing.
    void interrupt(int signal) override;

protected:
    TransferVerb(ssh::ConnectionSettings settings, const TransferOptions &options);

    // The login is done: find out what to copy where, then begin() or fail().
    virtual void prepare() = 0;

    // All has ended that was begun: tell() about it, at once or later.
    virtual void conclude(const transfer::Summary &summary) { tell(summary); }

    // What was copied and what was not, and with it the program ends. `more` is for --json.
    void tell(const transfer::Summary &summary, const QJsonObject &more = {});

    // To standard output, and ends the program.
    void print(const QByteArray &text, ExitStatus status);

    sftp::Client &client() { return *m_client; }
    const TransferOptions &options() const { return m_options; }
    void begin(transfer::TransferRequest request);
    void fail(const base::Error &error);

private:
    void open();
    void watchClient();
    void letGo();
    void handleProgress(const transfer::Progress &progress);
    void handleConflict(const transfer::Conflict &conflict);
    void handleFinished(const base::Result<transfer::Summary> &result);
    void finishAfterRemoval(int exitStatus);
    void finish(int exitStatus);

    TransferOptions m_options;
    VerbSession m_session;
    LocalOutput m_output; // for the summary
    std::unique_ptr<sftp::Client> m_client;
    std::unique_ptr<transfer::SessionPool> m_pool;
    transfer::TransferQueue m_queue;
    transfer::TransferJob *m_job = nullptr; // of the queue
    quint64 m_bytesDone = 0; // at the last sign of progress
    int m_filesDone = 0;
    ProgressLine m_progressLine;
    std::optional<int> m_signal; // that stopped the copy
    bool m_isOver = false;
};

// Several sources need a directory to be copied into.
base::Error notADirectory(const files::FilePath &path);

// `path` as the operating system has it, made absolute and free of "." and "..".
files::FilePath absoluteLocalPath(const QByteArray &path);

} // namespace app

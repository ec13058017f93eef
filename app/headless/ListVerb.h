// ListVerb: `ponto ls TARGET:PATH`. A directory is listed, with the files that begin with a dot;
// anything else gets one line.

#pragma once

#include "app/headless/LocalOutput.h"
#include "app/headless/Verb.h"
#include "app/headless/VerbSession.h"
#include "files/FilePath.h"
#include "sftp/Client.h"

#include <memory>

namespace app {

class ListVerb final : public Verb
{
    Q_OBJECT

public:
    ListVerb(ssh::ConnectionSettings settings, QByteArray path);

    void start() override;
    void useStoredSecrets(vault::Vault &vault) override { m_session.useStoredSecrets(vault); }
    void interrupt(int signal) override;

private:
    void look();
    void handleStatus(const base::Result<files::FileEntry> &status);
    void handleList(const base::Result<QList<files::FileEntry>> &entries);
    void print(const QList<files::FileEntry> &entries);
    void fail(const base::Error &error);
    void finish(int exitStatus);

    files::FilePath m_path;
    VerbSession m_session;
    LocalOutput m_output;
    std::unique_ptr<sftp::Client> m_client;
    bool m_isOver = false;
};

} // namespace app

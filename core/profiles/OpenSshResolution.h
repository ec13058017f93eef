// OpenSshResolution: asks `ssh -G` about a host and about the jump hosts on the way to it, one
// after the other.

#pragma once

#include "profiles/OpenSshConfigScan.h"
#include "profiles/OpenSshHost.h"

#include <QObject>
#include <QString>

namespace profiles {

class OpenSshQuery;

// What a host of the configuration is asked about for.
enum class OpenSshPurpose {
    Target,
    FirstJumpHost, // with the jump hosts in front of it
    LaterJumpHost, // whose way is known: its ProxyJump is not followed
};

class OpenSshResolution final : public QObject
{
    Q_OBJECT

public:
    // `program` and `file` as OpenSshQuery takes them.
    OpenSshResolution(QString program, QString file, const QString &alias, OpenSshPurpose purpose,
                      QObject *parent = nullptr);

    void start();

signals:
    // Once, the last signal. Failures are those of OpenSshQuery and OpenSshJumpChain.
    void finished(const base::Result<profiles::OpenSshHost> &host);

private:
    void ask();
    void handleAnswer(const base::Result<OpenSshOptions> &options);

    const QString m_program;
    const QString m_file;
    const OpenSshPurpose m_purpose;
    OpenSshJumpChain m_chain;
    OpenSshQuery *m_query = nullptr; // a child; under way
};

// The same without OpenSSH's client: see plainOpenSshOptions(). Blocks for the disk.
base::Result<OpenSshHost> plainOpenSshHost(const OpenSshPlace &place, const QString &alias,
                                           OpenSshPurpose purpose = OpenSshPurpose::Target);

} // namespace profiles

// KerberosRealm: a real key distribution center (MIT Kerberos) for one test, on loopback, with one
// user and the host key of one sshd.
//
// Who uses it, Ponto in the test's own process or sshd, gets its files by environment().

#pragma once

#include "base/Result.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

class QProcess;

namespace tests {

class KerberosRealm final
{
public:
    KerberosRealm();
    ~KerberosRealm();
    Q_DISABLE_COPY_MOVE(KerberosRealm)

    // Why there is no key distribution center here, in a sentence; empty if there is.
    static QString whyUnavailable();

    // `user` gets a password, and `host` a key in the table that environment() names. Returns when
    // the center answers.
    [[nodiscard]] base::Result<void> start(const QString &user, const QString &host);

    // Gets a ticket for the user, as kinit(1) does. Without one there is none.
    [[nodiscard]] base::Result<void> login();

    // KRB5_CONFIG, KRB5CCNAME and KRB5_KTNAME.
    QProcessEnvironment environment() const;

private:
    QString path(const QString &name) const { return m_directory.filePath(name); }
    base::Result<void> writeConfiguration();
    base::Result<void> run(const QString &program, const QStringList &arguments,
                           const QByteArray &input = {}) const;

    QTemporaryDir m_directory;
    QString m_user;
    quint16 m_port = 0;
    std::unique_ptr<QProcess> m_process;
};

} // namespace tests

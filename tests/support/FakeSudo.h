// FakeSudo: a program that is towards its caller what sudo(8) 1.9 is, for a throw-away sshd: it
// refuses in the same words, asks by the same prompt and reads one line for each. Whoever it lets
// in stays who he is, in a home directory of his own.

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>
#include <QTemporaryDir>

namespace tests {

class FakeSudo final
{
public:
    enum class Manner {
        LetsIn, // NOPASSWD of sudoers(5)
        AsksPassword,
        Forbids, // once it has the password
        WantsTerminal, // requiretty of sudoers(5)
        KnowsNoUser,
        SaysNothing, // and does not end
        AsksForCode, // with a prompt of its own, as some PAM modules
    };

    static constexpr QByteArrayView password = "geheim";

    explicit FakeSudo(Manner manner);

    // For SshServerOptions::withConfigLines().
    QString pathLine() const;

    void setManner(Manner manner) const;

    // What it has read in the place of passwords so far, line by line.
    QByteArrayList read() const;

    qint64 processId() const; // of whom it has let in last; 0: nobody
    bool hasMetTheEnd() const; // of its input, instead of a password

    QString home() const { return m_directory.filePath(QStringLiteral("home")); } // of the others

private:
    QTemporaryDir m_directory;
};

} // namespace tests

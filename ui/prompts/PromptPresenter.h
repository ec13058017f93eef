// PromptPresenter: turns the questions of a connection into sheets of its tab, and the sheets'
// answers into answers of the connection.

#pragma once

#include "ssh/Connection.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace ui {

class Sheet;
class SheetHost;

class PromptPresenter final : public QObject
{
    Q_OBJECT

public:
    // `host` is where the sheets are shown; borrowed, and must outlive this.
    explicit PromptPresenter(SheetHost &host, QObject *parent = nullptr);

    // What the user was told to expect, shown beside an unknown host key; empty for nothing.
    void setExpectedFingerprint(const QString &fingerprint) { m_expectedFingerprint = fingerprint; }

    // From now on the questions of this connection are shown here.
    void follow(ssh::Connection &connection);

    void present(const ssh::Prompt &prompt);
    void withdraw(ssh::Prompt::Id prompt);

    // Shows a changed or revoked key. A key that only the policy refused needs no sheet: the
    // banner of the closed connection says it.
    void presentRefusal(const ssh::HostKeyRefusal &refusal);

signals:
    void answered(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer); // once for each
    void hostKeyReplaced(const ssh::HostKeyRefusal &refusal); // by the user: he may connect again

private:
    Sheet *createSheet(const ssh::Prompt &prompt);
    void settle(ssh::Prompt::Id prompt, const ssh::PromptAnswer &answer);

    SheetHost &m_host;
    QString m_expectedFingerprint;
    QHash<ssh::Prompt::Id, QPointer<Sheet>> m_open;
};

} // namespace ui

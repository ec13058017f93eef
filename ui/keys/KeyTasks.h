// KeyTasks: what the Keys window does with keys: asks what it must in sheets, then works in the
// background. Used by KeysWindow alone.

#pragma once

#include "keys/AgentLocation.h"
#include "keys/PrivateKey.h"
#include "ui/errors/ErrorText.h"
#include "ui/keys/GenerateKeySheet.h"
#include "ui/keys/KeyModel.h"

#include <QObject>

#include <functional>

namespace ui {

class SheetHost;

class KeyTasks final : public QObject
{
    Q_OBJECT

public:
    // New keys go into `directory`. The sheets are shown in `host`, which is borrowed.
    KeyTasks(QString directory, SheetHost &host, QObject *parent = nullptr);

    // Where an agent answers; empty: nowhere.
    void setAgent(const QString &socketPath) { m_agentSocket = socketPath; }

    void generate();
    void changePassphrase(const keys::OwnKey &key);
    void convert(const QString &path); // of a PuTTY key, or of one in PEM or PKCS#8
    void exportPublic(const keys::OwnKey &key);
    void mendMode(const keys::OwnKey &key);
    void addToAgent(const keys::OwnKey &key);
    void removeFromAgent(const QByteArray &blob, const QString &title);

signals:
    void started(); // something takes time from now on; succeeded() or failed() follows
    void succeeded(const QString &sentence);
    void failed(const ui::ErrorText &text);

private:
    using Use
        = std::function<void(const keys::PrivateKey &key, const base::SecretString &passphrase)>;

    void unlock(const QString &path, bool isEncrypted, const Use &use);
    void askPassphrase(const QString &path, int attempt, const Use &use);
    void tryPassphrase(const QString &path, const base::SecretString &passphrase, int attempt,
                       const Use &use);
    void fail(const QString &what, const keys::KeyFileError &error);
    template<typename Work>
    void work(Work work, const QString &success, const QString &failure);

    QString m_directory;
    QString m_agentSocket;
    SheetHost &m_host;
};

} // namespace ui

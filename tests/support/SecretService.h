// SecretService: a stand-in for the desktop's keyring on a private bus, speaking the Secret Service
// interface (freedesktop.org, "Secret Service API Draft" 0.2) as far as libsecret uses it, in the
// session "plain". It lives in the test's process and can be as unhelpful as a real one.
//
// The behavior of GNOME Keyring 48 was the model: compare KeychainStoreTest, which runs against
// both.

#pragma once

#include "base/Result.h"

#include <QDBusConnection>
#include <QDBusObjectPath>
#include <QDBusVirtualObject>
#include <QList>
#include <QMap>

namespace tests {

class SecretService final : public QDBusVirtualObject
{
    Q_OBJECT

public:
    enum class Mood {
        Open, // answers at once
        Silent, // takes requests and never answers
        Refusing, // answers that access is denied
        Dismissing, // is locked, and its user closes the window that would unlock it
        Unlocking, // is locked, and its user unlocks it
        Waiting, // is locked, and nobody is there to unlock it
    };

    using Attributes = QMap<QString, QString>;

    struct Item
    {
        QString path;
        QString label;
        Attributes attributes;
        QByteArray secret;
    };

    SecretService();
    ~SecretService() override;

    // Takes the name org.freedesktop.secrets on that bus.
    [[nodiscard]] base::Result<void> start(const QString &busAddress);

    // Mood Waiting: its user comes back and unlocks it.
    void unlockNow();

    void setMood(Mood mood) { m_mood = mood; }
    QList<Item> &items() { return m_items; }
    int prompts() const { return m_prompts; } // how often the user was asked to unlock it

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override;
    QString introspect(const QString &path) const override;

private:
    void answer(const QDBusMessage &message, const QVariantList &values);
    void refuse(const QDBusMessage &message, const QString &name);
    void search(const QDBusMessage &message);
    void unlock(const QDBusMessage &message);
    void createItem(const QDBusMessage &message);
    void deleteItem(const QDBusMessage &message);
    void giveSecrets(const QDBusMessage &message);
    void prompt(const QDBusMessage &message);
    void complete(const QString &openPrompt);
    bool isLocked() const;

    QDBusConnection m_bus;
    Mood m_mood = Mood::Open;
    bool m_isUnlocked = false; // by its user, in the mood Unlocking
    QList<Item> m_items;
    int m_lastItem = 0;
    int m_prompts = 0;
    QString m_openPrompt; // that nobody has answered yet
};

} // namespace tests

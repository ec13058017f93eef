// Settings: what the user chose for the program as a whole, in an INI file.
//
// One object per process, made by the composition root and passed down. For one thread.

#pragma once

#include "settings/SettingsKeys.h"

#include <QObject>
#include <QSettings>
#include <QVariant>

namespace settings {

class Settings final : public QObject
{
    Q_OBJECT

public:
    // The file need not exist. What another Ponto wrote meanwhile is merged, key by key.
    explicit Settings(const QString &iniFile);

    // The fallback of the key if nothing is stored, or something of another type.
    template<typename T>
    T value(const Key<T> &key) const
    {
        const QVariant stored = m_store.value(key.name);
        return stored.isValid() && stored.canConvert<T>() ? stored.value<T>() : key.fallback();
    }

    // Did anybody choose a value?
    template<typename T>
    bool isSet(const Key<T> &key) const
    {
        return m_store.contains(key.name);
    }

    // Reaches the file within the event loop's next rounds, at the latest when this object dies.
    template<typename T>
    void setValue(const Key<T> &key, const T &value)
    {
        m_store.setValue(key.name, value);
        emit changed(key.name);
    }

    // Where the file is, or will be: for what else the program keeps of the user's choices.
    QString directory() const;

signals:
    void changed(QLatin1StringView name); // by setValue() of this object, of a settings::Key

private:
    QSettings m_store;
};

} // namespace settings

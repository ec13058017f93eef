// ProfileStore: the saved servers, in one JSON file that people can read and other Pontos can write
// too.
//
// Every change reads the file again under a lock, changes one profile in it, and replaces it
// atomically: what another Ponto saved, and what a newer one knows and we do not, stays. No secret
// is ever in it. For one thread; the lock is waited for a second at most.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QJsonObject>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringView>

#include <optional>

namespace profiles {

class ProfileStore final : public QObject
{
    Q_OBJECT

public:
    struct LoadReport
    {
        // Where a file went that was no JSON of ours; empty if all was well. There are no profiles
        // then.
        QString setAsideAs;
        qsizetype unreadable = 0; // entries that are no profile: they stay in the file, unseen
    };

    // Reads nothing yet. The directory is created when the first profile is saved.
    explicit ProfileStore(QString file, QObject *parent = nullptr);

    // No file means no profiles. Fails if the file is there and cannot be read, with Unsupported if
    // a newer Ponto with another format wrote it; then nothing can be saved either.
    base::Result<LoadReport> load();

    // In the order of the file, as of the last load() or change.
    const QList<Profile> &profiles() const { return m_profiles; }

    std::optional<Profile> find(const Profile::Id &id) const;

    // Compares without case. The first of several.
    std::optional<Profile> findByName(QStringView name) const;

    // Adds the profile, or replaces the one with its id.
    base::Result<void> save(const Profile &profile);

    // Success if it is gone already.
    base::Result<void> remove(const Profile::Id &id);

signals:
    void changed(); // profiles() did

private:
    template<typename Change>
    base::Result<void> update(Change change);

    base::Result<QJsonObject> read(LoadReport &report) const;
    base::Result<void> write(const QJsonObject &root) const;
    base::Result<QString> setAside() const;
    void adopt(const QJsonObject &root, LoadReport &report);

    QString m_file;
    QList<Profile> m_profiles;
};

} // namespace profiles

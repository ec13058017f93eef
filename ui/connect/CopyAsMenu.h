// CopyAsMenu: puts the command line of OpenSSH's clients for a session on the clipboard, or a
// Python program that does the same.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QMenu>

#include <functional>
#include <optional>

namespace profiles {
class ProfileStore;
} // namespace profiles

namespace ui {

class CopyAsMenu final : public QMenu
{
    Q_OBJECT

public:
    using Source = std::function<std::optional<profiles::Profile>()>;

    // `source` gives the session at the time of copying. The store is borrowed.
    CopyAsMenu(const profiles::ProfileStore &store, Source source, QWidget *parent = nullptr);

signals:
    void copied(const QString &text);
    void failed(const base::Error &error);

private:
    using Writer = std::function<base::Result<QString>(const profiles::Profile &effective)>;

    void add(const QString &text, const QString &objectName, const Writer &writer);
    void copy(const Writer &writer);

    const profiles::ProfileStore &m_store;
    const Source m_source;
};

} // namespace ui

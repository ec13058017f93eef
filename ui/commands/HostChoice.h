// HostChoice: where the user chooses the servers that a command is for: saved sessions by name,
// group and tag, hosts of OpenSSH's configuration, and others typed or pasted, one in a line.

#pragma once

#include "base/Result.h"
#include "profiles/Profile.h"

#include <QSet>
#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace commands {
class FleetHosts;
}
namespace profiles {
class OpenSshConfig;
class ProfileStore;
} // namespace profiles

namespace ui {

class HostChoice final : public QWidget
{
    Q_OBJECT

public:
    // Both are borrowed; without `openSsh` there are no hosts of it.
    HostChoice(const profiles::ProfileStore &store, profiles::OpenSshConfig *openSsh,
               QWidget *parent = nullptr);

    // Adds what is chosen, or tells in a sentence which line is no server.
    base::Result<void, QString> addTo(commands::FleetHosts &hosts) const;

    qsizetype count() const; // of chosen ones; two lines that mean the same count twice

    // Chooses these sessions, and no others.
    void choose(const QSet<profiles::Profile::Id> &ids);

signals:
    void changed(); // what is chosen

private:
    QWidget *createTop();
    QWidget *createList();
    void rebuild();
    void fillTags();
    QTreeWidgetItem *groupItem(const QString &path);
    void addSession(const profiles::Profile &profile, bool isChecked);
    void addAliases(const QSet<QString> &checked);
    void applyFilter();
    void handleChange(QTreeWidgetItem *item);
    void updateGroups();
    void checkShown(Qt::CheckState state);
    void checkTag(const QString &tag, bool isChecked);
    QList<QTreeWidgetItem *> leaves() const;
    QStringList typed() const;

    const profiles::ProfileStore &m_store;
    profiles::OpenSshConfig *m_openSsh;
    QLineEdit *m_filter = nullptr;
    QToolButton *m_tags = nullptr;
    QMenu *m_tagMenu = nullptr;
    QTreeWidget *m_tree = nullptr;
    QPlainTextEdit *m_list = nullptr;
    QLabel *m_count = nullptr;
};

} // namespace ui

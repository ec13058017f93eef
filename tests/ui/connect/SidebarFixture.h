// SidebarFixture: the sidebar on three sessions, for the tests of its features.

#pragma once

#include "profiles/OpenSshConfig.h"
#include "profiles/ProfileStore.h"
#include "ui/connect/SessionSidebar.h"

#include <QModelIndex>
#include <QObject>
#include <QStringList>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

class SidebarFixture : public QObject
{
    Q_OBJECT

private slots:
    void init();

protected:
    bool drop(const QModelIndexList &dragged, int row, const QModelIndex &parent) const;
    void putIntoGroup(const char *id, const char *group);
    void select(const QStringList &path) const;
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(tree(), key, modifiers);
    }
    QStringList outline(const QModelIndex &parent = {}, const QString &indent = {}) const;
    QTreeView *tree() const { return find<QTreeView>("sessionTree"); }
    QStringList shown() const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_sidebar->findChild<T *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<profiles::ProfileStore> m_store;
    std::unique_ptr<profiles::OpenSshConfig> m_openSsh;
    std::unique_ptr<ui::SessionSidebar> m_sidebar;
    QStringList m_requested; // ids
};

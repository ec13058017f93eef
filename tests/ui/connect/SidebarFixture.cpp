#include "tests/ui/connect/SidebarFixture.h"

#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using ui::ConnectRequest;
using ui::SessionSidebar;

void SidebarFixture::init()
{
    m_requested.clear();
    m_sidebar.reset();
    m_directory = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<profiles::ProfileStore>(
        m_directory->filePath(QStringLiteral("sessions.json")));
    for (const char *name : {"web10", "Db", "web2"}) {
        profiles::Profile profile;
        profile.id = profile.name = QString::fromLatin1(name);
        profile.host = profile.name.toLower() + QStringLiteral(".example");
        profile.notes = name == QStringLiteral("Db") ? QStringLiteral("in the cellar") : QString();
        QVERIFY(m_store->save(profile));
    }
    m_sidebar = std::make_unique<SessionSidebar>(*m_store);
    connect(m_sidebar.get(), &SessionSidebar::connectRequested, this,
            [this](const ConnectRequest &request) { m_requested.append(request.profile.id); });
    m_sidebar->resize(250, 500);
    m_sidebar->show();
    QVERIFY(QTest::qWaitForWindowActive(m_sidebar.get()));
}

QStringList SidebarFixture::shown() const
{
    QStringList names;
    for (int row = 0; row < tree()->model()->rowCount(); ++row) {
        names.append(tree()->model()->index(row, 0).data().toString());
    }
    return names;
}

void SidebarFixture::putIntoGroup(const char *id, const char *group)
{
    auto profile = m_store->find(QString::fromLatin1(id));
    QVERIFY(profile);
    profile->group = QString::fromLatin1(group);
    QVERIFY(m_store->save(*profile));
}

// The row with these names on the way to it.
void SidebarFixture::select(const QStringList &path) const
{
    QModelIndex index;
    for (const QString &name : path) {
        const auto found = tree()->model()->match(tree()->model()->index(0, 0, index),
                                                  Qt::DisplayRole, name, 1, Qt::MatchExactly);
        QVERIFY2(!found.isEmpty(), qPrintable(name));
        index = found.first();
    }
    tree()->setFocus();
    tree()->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

// What is to be seen: collapsed groups hide what is in them.
QStringList SidebarFixture::outline(const QModelIndex &parent, const QString &indent) const
{
    QStringList lines;
    for (int row = 0; row < tree()->model()->rowCount(parent); ++row) {
        const QModelIndex index = tree()->model()->index(row, 0, parent);
        lines.append(indent + index.data().toString());
        if (tree()->isExpanded(index)) {
            lines.append(outline(index, indent + u'-'));
        }
    }
    return lines;
}

// As the view does when the mouse is let go.
bool SidebarFixture::drop(const QModelIndexList &dragged, int row, const QModelIndex &parent) const
{
    const int column = row < 0 ? -1 : 0;
    QAbstractItemModel *model = tree()->model();
    const std::unique_ptr<QMimeData> data(model->mimeData(dragged));
    return model->canDropMimeData(data.get(), Qt::MoveAction, row, column, parent)
        && model->dropMimeData(data.get(), Qt::MoveAction, row, column, parent);
}

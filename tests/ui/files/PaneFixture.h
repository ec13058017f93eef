// PaneFixture: a pane on a scratch directory with a folder, "a.txt" of 10 bytes, "b.txt" of 5 and a
// hidden file, and what tests do with it. The trash is in a scratch directory too.

#pragma once

#include "files/LocalFileSystem.h"
#include "ui/files/FileListModel.h"
#include "ui/files/FileListView.h"
#include "ui/files/FilePane.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

class PaneFixture
{
protected:
    void setUp()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_data = std::make_unique<QTemporaryDir>();
        QVERIFY2(m_scratch->isValid() && m_data->isValid(), qPrintable(m_scratch->errorString()));
        qputenv("XDG_DATA_HOME", m_data->path().toUtf8());
        QVERIFY(QDir(m_scratch->path()).mkdir(QStringLiteral("folder")));
        touch(QStringLiteral("a.txt"), 10);
        touch(QStringLiteral("b.txt"), 5);
        touch(QStringLiteral(".hidden"));
        m_place = std::make_shared<ui::PanePlace>(ui::Place::ThisComputer);
        m_pane = std::make_unique<ui::FilePane>(QStringLiteral("local"), m_place);
    }

    QString scratch(const QString &name) const { return m_scratch->filePath(name); }

    void touch(const QString &name, qsizetype bytes = 0) const
    {
        QFile file(scratch(name));
        QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
        QCOMPARE(file.write(QByteArray(bytes, 'x')), bytes);
    }

    void show()
    {
        m_pane->resize(640, 400);
        m_place->open(&m_files);
        m_pane->goTo(files::FilePath::fromText(m_scratch->path()));
        m_pane->show();
        m_pane->list().setFocus();
        QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
        waitForRows(3);
    }

    void waitForRows(int count) { QTRY_COMPARE(m_pane->list().model()->rowCount(), count); }

    QStringList shown() const
    {
        QStringList names;
        const QAbstractItemModel &model = *m_pane->list().model();
        for (int row = 0; row < model.rowCount(); ++row) {
            names << model.index(row, ui::FileListModel::Name).data().toString();
        }
        return names;
    }

    void select(const QString &name)
    {
        const qsizetype row = shown().indexOf(name);
        QVERIFY2(row >= 0, qPrintable(name));
        m_pane->list().setCurrentIndex(m_pane->list().model()->index(static_cast<int>(row), 0));
    }

    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(&m_pane->list(), key, modifiers);
    }

    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_pane->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_scratch;
    std::unique_ptr<QTemporaryDir> m_data;
    files::LocalFileSystem m_files;
    std::shared_ptr<ui::PanePlace> m_place; // shared with the pane
    std::unique_ptr<ui::FilePane> m_pane;
};

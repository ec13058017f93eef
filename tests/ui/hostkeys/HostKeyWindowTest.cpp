#include "ui/hostkeys/HostKeyWindow.h"

#include "tests/support/TestKeys.h"
#include "tests/support/ToolRun.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include <memory>

using namespace Qt::StringLiterals;
using Role = hostkeys::KnownHosts::Role;

class HostKeyWindowTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void showsEveryLineOfEverySource();
    void searchSeesThroughHashes_data();
    void searchSeesThroughHashes();
    void deletedLinesComeBack();
    void hashedNamesComeBack();
    void readOnlyLinesStay();
    void undoRefusesWhatHasChanged();
    void importTakesWhatIsNew();
    void fingerprintIsCopied();
    void unreadableFileIsTold();
    void emptyListSaysHowItFills();

private:
    enum Column { Names, Type, Sha256, Md5, Comment, Where };

    QString path(const QString &name = u"user"_s) const { return m_directory->filePath(name); }
    void write(const QByteArray &content, const QString &name = u"user"_s) const;
    QByteArray read(const QString &name = u"user"_s) const;
    QByteArray keygen(const QStringList &arguments) const;
    QByteArray withKeys(QByteArray content) const;
    [[nodiscard]] bool open(int rows);
    QStringList column(Column column) const;
    void select(const QList<int> &rows) const;
    void act(const char *action) const;
    template<typename T>
    T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    [[nodiscard]] bool notices(const QString &part) const;

    tests::KeyPair m_key;
    tests::KeyPair m_other;
    QTemporaryDir m_keys;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<ui::HostKeyWindow> m_window;
};

void HostKeyWindowTest::initTestCase()
{
    const auto key = tests::generateKey(m_keys.filePath(u"key"_s));
    const auto other = tests::generateKey(m_keys.filePath(u"other"_s));
    QVERIFY(key && other);
    m_key = *key;
    m_other = *other;
}

void HostKeyWindowTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
}

void HostKeyWindowTest::cleanup()
{
    m_window.reset();
}

void HostKeyWindowTest::write(const QByteArray &content, const QString &name) const
{
    QFile file(path(name));
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

QByteArray HostKeyWindowTest::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

QByteArray HostKeyWindowTest::keygen(const QStringList &arguments) const
{
    return tests::runTool({.program = u"ssh-keygen"_s, .arguments = arguments}).output;
}

QByteArray HostKeyWindowTest::withKeys(QByteArray content) const
{
    const auto text = [](const tests::KeyPair &pair) {
        return QByteArrayList(pair.publicLine.split(' ').first(2)).join(' ');
    };
    return content.replace("KEY", text(m_key)).replace("OTHER", text(m_other));
}

// False if the table does not come to have so many rows.
bool HostKeyWindowTest::open(int rows)
{
    m_window = std::make_unique<ui::HostKeyWindow>(QList<hostkeys::KnownHosts::Source>{
        {path(), Role::Writable}, {path(u"global"_s), Role::ReadOnly}});
    m_window->show();
    return QTest::qWaitForWindowActive(m_window.get()) && QTest::qWaitFor([this, rows] {
               return column(Names).size() == rows && find<QAction>("hostKeyReload")->isEnabled();
           });
}

QStringList HostKeyWindowTest::column(Column column) const
{
    const QAbstractItemModel *model = find<QTreeView>("hostKeyTable")->model();
    QStringList texts;
    for (int row = 0; row < model->rowCount(); ++row) {
        texts.append(model->index(row, column).data().toString());
    }
    return texts;
}

void HostKeyWindowTest::select(const QList<int> &rows) const
{
    auto *table = find<QTreeView>("hostKeyTable");
    table->clearSelection();
    for (const int row : rows) {
        table->selectionModel()->select(table->model()->index(row, 0),
                                        QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }
    table->setFocus();
}

void HostKeyWindowTest::act(const char *action) const
{
    auto *button = find<QAbstractButton>((QByteArray(action) + "Button").constData());
    QTest::mouseClick(button, Qt::LeftButton);
}

bool HostKeyWindowTest::notices(const QString &part) const
{
    const auto *bar = find<QWidget>("noticeBar");
    return QTest::qWaitFor(
        [bar, &part] { return bar->isVisible() && bar->accessibleName().contains(part); });
}

void HostKeyWindowTest::showsEveryLineOfEverySource()
{
    write(withKeys("# x\nweb01,web02 KEY me\n[web01]:2222 OTHER\nweb03 ssh-ed25519 broken\n"));
    write(withKeys("@revoked * OTHER\n@cert-authority *.example KEY\n"), u"global"_s);
    QVERIFY(open(5));

    QCOMPARE(column(Names),
             QStringList({u"Revoked: *"_s, u"Authority for: *.example"_s, u"web01,web02"_s,
                          u"[web01]:2222"_s, u"web03"_s}));
    QCOMPARE(column(Where),
             QStringList({path(u"global"_s) + u":1 (read only)"_s,
                          path(u"global"_s) + u":2 (read only)"_s, path() + u":2"_s,
                          path() + u":3"_s, path() + u":4"_s}));
    const QString publicFile = m_key.privateFile + u".pub"_s;
    const QByteArray sha256 = keygen({u"-lf"_s, publicFile}).split(' ').value(1);
    const QByteArray md5 = keygen({u"-E"_s, u"md5"_s, u"-lf"_s, publicFile}).split(' ').value(1);
    QCOMPARE(u"SHA256:"_s + column(Sha256).value(2), QString::fromLatin1(sha256));
    QCOMPARE(u"MD5:"_s + column(Md5).value(2), QString::fromLatin1(md5));
    select({2, 3});
    QCOMPARE(column(Comment).value(2), u"me"_s);
    QCOMPARE(column(Type).sliced(2),
             QStringList({u"ED25519 256"_s, u"ED25519 256"_s, u"can not be read"_s}));
}

void HostKeyWindowTest::searchSeesThroughHashes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("lines"); // of the user's file
    QTest::newRow("nothing") << QString() << QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s};
    QTest::newRow("name") << u" Web01 "_s << QStringList{u"1"_s, u"4"_s};
    QTest::newRow("port") << u"web01:2222"_s << QStringList{u"2"_s, u"4"_s};
    QTest::newRow("port in brackets") << u"[web01]:2222"_s << QStringList{u"2"_s, u"4"_s};
    QTest::newRow("IPv6") << u"2001:db8::1"_s << QStringList{u"3"_s, u"4"_s};
    QTest::newRow("other") << u"web0"_s << QStringList{u"4"_s};
}

void HostKeyWindowTest::searchSeesThroughHashes()
{
    QFETCH(QString, text);
    QFETCH(QStringList, lines);
    write(withKeys("web01 KEY\n[web01]:2222 OTHER\n2001:db8::1 KEY\n"));
    keygen({u"-H"_s, u"-f"_s, path()});
    write(read() + withKeys("* OTHER\n"));
    QVERIFY(!read().contains("web01"));
    QVERIFY(open(4));

    QTest::keyClicks(find<QLineEdit>("hostKeySearch"), text);

    QStringList found;
    for (const QString &place : column(Where)) {
        found.append(place.section(u':', -1));
    }
    QCOMPARE(found, lines);
}

void HostKeyWindowTest::deletedLinesComeBack()
{
    const QByteArray content = withKeys("a KEY\n# x\nb OTHER\nc KEY\nd KEY");
    write(content);
    QVERIFY(open(4));
    select({0, 2, 3});

    QTest::keyClick(find<QTreeView>("hostKeyTable"), Qt::Key_Delete);

    QVERIFY(notices(u"3 lines were deleted"_s));
    QTRY_COMPARE(column(Names), QStringList{u"b"_s});
    QCOMPARE(read(), withKeys("# x\nb OTHER\n"));

    QTest::mouseClick(find<QAbstractButton>("noticeAction"), Qt::LeftButton);
    QTRY_COMPARE(column(Names), QStringList({u"a"_s, u"b"_s, u"c"_s, u"d"_s}));
    QCOMPARE(read(), content + '\n');
}

void HostKeyWindowTest::hashedNamesComeBack()
{
    const QByteArray content = withKeys("a,b KEY me\n*.example OTHER\n");
    write(content);
    QVERIFY(open(2));
    select({0, 1});

    act("hostKeyHash");

    QVERIFY(notices(u"1 lines were hashed"_s));
    QTRY_COMPARE(column(Names).size(), 3);
    QVERIFY(read().startsWith("|1|"));
    QVERIFY(!keygen({u"-F"_s, u"b"_s, u"-f"_s, path()}).isEmpty());

    QTest::mouseClick(find<QAbstractButton>("noticeAction"), Qt::LeftButton);
    QTRY_COMPARE(column(Names).size(), 2);
    QCOMPARE(read(), content);
}

void HostKeyWindowTest::readOnlyLinesStay()
{
    write(withKeys("a KEY\n"), u"global"_s);
    QVERIFY(open(1));
    select({0});

    QVERIFY(!find<QAction>("hostKeyDelete")->isEnabled());
    QVERIFY(!find<QAction>("hostKeyHash")->isEnabled());
    QVERIFY(find<QAction>("hostKeyCopy")->isEnabled());
    QTest::keyClick(find<QTreeView>("hostKeyTable"), Qt::Key_Delete);
    QCOMPARE(read(u"global"_s), withKeys("a KEY\n"));
}

void HostKeyWindowTest::undoRefusesWhatHasChanged()
{
    write(withKeys("a KEY\nb KEY\n"));
    QVERIFY(open(2));
    select({0});
    act("hostKeyHash");
    QVERIFY(notices(u"were hashed"_s));
    QTRY_VERIFY(find<QAction>("hostKeyReload")->isEnabled());
    write(withKeys("c OTHER\n"));

    QTest::mouseClick(find<QAbstractButton>("noticeAction"), Qt::LeftButton);

    QVERIFY(notices(u"can not be undone"_s));
    QCOMPARE(read(), withKeys("c OTHER\n"));
    QTRY_COMPARE(column(Names), QStringList{u"c"_s});
}

void HostKeyWindowTest::importTakesWhatIsNew()
{
    write(withKeys("a KEY\nb KEY"));
    write(withKeys("# x\na KEY other comment\nb OTHER\nc KEY\r\nd ssh-ed25519 broken\ne OTHER\n"),
          u"more"_s);
    QVERIFY(open(2));

    m_window->importFrom(path(u"more"_s));

    QVERIFY(notices(u"2 lines were added, 1 were known already."_s));
    QVERIFY(notices(u"another key of the host is known: line 3."_s));
    QVERIFY(notices(u"can not be read: line 5."_s));
    QTRY_COMPARE(column(Names), QStringList({u"a"_s, u"b"_s, u"c"_s, u"e"_s}));
    QCOMPARE(read(), withKeys("a KEY\nb KEY\nc KEY\ne OTHER\n"));

    m_window->importFrom(path(u"missing"_s));
    QVERIFY(notices(path(u"missing"_s)));
}

void HostKeyWindowTest::fingerprintIsCopied()
{
    write(withKeys("a KEY\n"));
    QVERIFY(open(1));
    select({0});

    act("hostKeyCopy");

    QCOMPARE(
        QApplication::clipboard()->text(),
        QString::fromLatin1(keygen({u"-lf"_s, m_key.privateFile + u".pub"_s}).split(' ').value(1)));
}

void HostKeyWindowTest::unreadableFileIsTold()
{
    write(withKeys("a KEY\n"));
    QVERIFY(QDir().mkdir(path(u"global"_s)));
    QVERIFY(open(1));

    const auto *banner = find<QWidget>("errorBanner");
    QVERIFY(banner->isVisible());
    QVERIFY2(banner->accessibleName().contains(path(u"global"_s)),
             qPrintable(banner->accessibleName()));
}

void HostKeyWindowTest::emptyListSaysHowItFills()
{
    QVERIFY(open(0));
    QVERIFY(find<QLabel>("hostKeyCount")->text().contains(u"No host key is known yet"_s));
}

QTEST_MAIN(HostKeyWindowTest)
#include "HostKeyWindowTest.moc"

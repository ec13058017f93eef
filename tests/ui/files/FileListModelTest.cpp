#include "ui/files/FileListModel.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

using files::FileEntry;
using files::FilePath;
using ui::FileListModel;

class FileListModelTest : public QObject
{
    Q_OBJECT

private slots:
    void hostileNamesAreShownEscaped_data();
    void hostileNamesAreShownEscaped();
    void toolTipShowsMarkupAsText();
    void columnsTellTheEntry();
    void linksTellWhereTheyLead();
    void whatIsNotToldIsLeftEmpty();
    void renameAsksWithBytes();
    void nameIsEditedAsItIsShown_data();
    void nameIsEditedAsItIsShown();
    void nameThatMeansTwoThingsIsRefused();
};

namespace {

FileEntry named(const QByteArray &name)
{
    FileEntry entry;
    entry.name = name;
    entry.attributes.permissions = S_IFREG | 0644;
    return entry;
}

} // namespace

void FileListModelTest::hostileNamesAreShownEscaped_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");

    QTest::newRow("escape") << QByteArray("\x1b[2J") << QStringLiteral("\\x1B[2J");
    QTest::newRow("newline") << QByteArray("a\nb") << QStringLiteral("a\\x0Ab");
    QTest::newRow("right to left")
        << QByteArray("\xe2\x80\xaegnp.exe") << QStringLiteral("\\u{202E}gnp.exe");
    QTest::newRow("not UTF-8") << QByteArray("caf\xe9") << QStringLiteral("caf\\xe9");
    QTest::newRow("markup") << QByteArray("<img src=x>") << QStringLiteral("<img src=x>");
}

void FileListModelTest::hostileNamesAreShownEscaped()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, shown);
    FileListModel model;

    model.setListing(FilePath("/"), {named(name)});

    QCOMPARE(model.index(0, FileListModel::Name).data().toString(), shown);
}

void FileListModelTest::toolTipShowsMarkupAsText()
{
    FileListModel model;
    model.setListing(FilePath("/"), {named("<img src=x>&lt;")});

    const QString toolTip = model.index(0, 0).data(Qt::ToolTipRole).toString();

    QVERIFY2(toolTip.contains(QStringLiteral("&lt;img src=x&gt;&amp;lt;")), qPrintable(toolTip));
    QVERIFY(!toolTip.contains(QStringLiteral("<img")));
}

void FileListModelTest::columnsTellTheEntry()
{
    FileEntry entry = named("report.txt");
    entry.attributes.size = 1500;
    entry.attributes.modificationTime = 0;
    entry.attributes.permissions = S_IFDIR | 01755;
    entry.owner = QStringLiteral("deploy");
    FileListModel model;
    model.setListing(FilePath("/srv"), {entry});

    QCOMPARE(model.index(0, FileListModel::Permissions).data().toString(),
             QStringLiteral("drwxr-xr-t")); // as `ls -ld` prints mode 1755
    QCOMPARE(model.index(0, FileListModel::Owner).data().toString(), QStringLiteral("deploy"));
    QCOMPARE(model.index(0, FileListModel::Modified).data().toString(),
             QDateTime::fromSecsSinceEpoch(0).toString(QStringLiteral("yyyy-MM-dd HH:mm")));
    QCOMPARE(model.index(0, FileListModel::Size).data().toString(), QString()); // of a folder
    QCOMPARE(model.path(0), FilePath("/srv/report.txt"));
}

void FileListModelTest::linksTellWhereTheyLead()
{
    FileEntry link = named("www");
    link.attributes.permissions = S_IFLNK | 0777;
    link.linkTarget = "/srv/\n";
    FileEntry broken = link;
    link.targetType = files::FileType::Directory;
    FileListModel model;
    model.setListing(FilePath("/"), {link, broken, named("file")});
    const auto shown = [&model](int row, int role) {
        return model.index(row, FileListModel::Name).data(role).toString();
    };

    QCOMPARE(shown(0, FileListModel::linkRole), QStringLiteral(" → /srv/\\x0A"));
    QCOMPARE(shown(1, FileListModel::linkRole), QStringLiteral(" → /srv/\\x0A (broken)"));
    QCOMPARE(shown(2, FileListModel::linkRole), QString());
    QCOMPARE(shown(0, Qt::DisplayRole), QStringLiteral("www")); // what a rename begins with
    QCOMPARE(shown(1, Qt::AccessibleTextRole), QStringLiteral("www → /srv/\\x0A (broken)"));
    QVERIFY(shown(1, Qt::ToolTipRole).contains(QStringLiteral("Broken link to /srv/")));
}

void FileListModelTest::whatIsNotToldIsLeftEmpty()
{
    FileEntry entry;
    entry.name = "bare";
    FileListModel model;
    model.setListing(FilePath("/"), {entry});

    for (int column = FileListModel::Size; column < FileListModel::columns; ++column) {
        QCOMPARE(model.index(0, column).data().toString(), QString());
    }
}

void FileListModelTest::renameAsksWithBytes()
{
    FileListModel model;
    model.setListing(FilePath("/"), {named("old")});
    QSignalSpy requested(&model, &FileListModel::renameRequested);
    const QModelIndex index = model.index(0, 0);

    QVERIFY(!model.setData(index, QStringLiteral("old"), Qt::EditRole));
    QVERIFY(!model.setData(index, QString(), Qt::EditRole));
    QCOMPARE(requested.size(), 0);

    model.setData(index, QStringLiteral("é"), Qt::EditRole);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().at(0).toByteArray(), QByteArray("old"));
    QCOMPARE(requested.first().at(1).toByteArray(), QByteArray("\xc3\xa9"));
}

void FileListModelTest::nameIsEditedAsItIsShown_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("becomes");
    const auto row = [](const char *what, const QByteArray &name, const char *begins,
                        const char *typed, const QByteArray &becomes) {
        QTest::newRow(what) << name << QString::fromUtf8(begins) << QString::fromUtf8(typed)
                            << becomes;
    };
    row("plain", "caf\xc3\xa9", "café", "cafés", "caf\xc3\xa9s");
    row("newline kept", "a\nb", R"(a\x0Ab)", R"(a\x0Abc)", "a\nbc");
    row("newline taken out", "a\nb", R"(a\x0Ab)", "ab", "ab");
    row("byte kept", "caf\xe9", R"(caf\xe9)", R"(cafe \xe9)", "cafe \xe9");
    row("direction", "a\xe2\x80\xae", R"(a\u{202E})", R"(b\u{202e})", "b\xe2\x80\xae");
    row("beyond 16 bits", "\xf3\xa0\x80\x81", R"(\u{E0001})", R"(x\u{E0001})", "x\xf3\xa0\x80\x81");
    row("codes that are text", R"(a\x0A)", R"(a\x0A)", R"(b\x0A\u{41})", R"(b\x0A\u{41})");
    row("no code", "a\n", R"(a\x0A)", R"(b\x0 \u{} \n\)", R"(b\x0 \u{} \n\)");
    row("both, replaced", "\n\\x0A", R"(\x0A\x0A)", R"(new\)", R"(new\)");
}

void FileListModelTest::nameIsEditedAsItIsShown()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, begins);
    QFETCH(QString, typed);
    QFETCH(QByteArray, becomes);
    FileListModel model;
    model.setListing(FilePath("/"), {named(name)});
    QSignalSpy requested(&model, &FileListModel::renameRequested);
    const QModelIndex index = model.index(0, 0);

    QCOMPARE(index.data(Qt::EditRole).toString(), begins);
    model.setData(index, begins, Qt::EditRole);
    QCOMPARE(requested.size(), 0);
    model.setData(index, typed, Qt::EditRole);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().at(0).toByteArray(), name);
    QCOMPARE(requested.first().at(1).toByteArray(), becomes);
}

void FileListModelTest::nameThatMeansTwoThingsIsRefused()
{
    FileListModel model;
    model.setListing(FilePath("/"), {named("\n\\x0A"), named("\n")});
    QSignalSpy requested(&model, &FileListModel::renameRequested);
    QSignalSpy refused(&model, &FileListModel::renameRefused);

    model.setData(model.index(0, 0), QStringLiteral(R"(\x0A)"), Qt::EditRole);
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().at(1).value<ui::EditProblem>(), ui::EditProblem::TwoMeanings);
    for (const QString &code : {QStringLiteral(R"(\u{D800})"), QStringLiteral(R"(\u{110000})")}) {
        model.setData(model.index(1, 0), code, Qt::EditRole);
        QCOMPARE(refused.last().at(1).value<ui::EditProblem>(), ui::EditProblem::NoCharacter);
    }
    QCOMPARE(requested.size(), 0);
}

QTEST_MAIN(FileListModelTest)

#include "FileListModelTest.moc"

#include "ui/files/FileDrag.h"

#include "ui/files/EscapeWatch.h"

#include <QKeyEvent>
#include <QMimeData>
#include <QTest>

using files::FilePath;
using ui::FileDrag;
using ui::fromMimeData;
using ui::Place;
using ui::toMimeData;

class FileDragTest : public QObject
{
    Q_OBJECT

private slots:
    void ownDragKeepsBytesAndOrigin();
    void serversFilesAreNoLocalAddresses();
    void localNamesBecomeAddresses();
    void readsWhatFileManagersSend();
    void readsPlainPaths();
    void rejects_data();
    void rejects();
    void rejectsForgedPrivateFormat();
    void escapeIsSeenAlthoughTheDragTakesIt();
};

namespace {

const QList<FilePath> oddPaths{FilePath("/tmp/caf\xe9"), FilePath("/tmp/a\nb"),
                               FilePath("/tmp/100%25 #?")};

} // namespace

void FileDragTest::ownDragKeepsBytesAndOrigin()
{
    const FileDrag drag{QUuid::createUuid(), oddPaths};

    const auto read = fromMimeData(*toMimeData(drag, Place::Server));

    QVERIFY(read);
    QCOMPARE(read->pane, drag.pane);
    QCOMPARE(read->paths, drag.paths);
}

void FileDragTest::serversFilesAreNoLocalAddresses()
{
    const auto data = toMimeData({QUuid::createUuid(), oddPaths}, Place::Server);

    QVERIFY(!data->hasUrls());
    QVERIFY(!data->hasText());
}

// RFC 3986 section 2.1: bytes that are not unreserved are percent-encoded.
void FileDragTest::localNamesBecomeAddresses()
{
    const auto data = toMimeData({QUuid::createUuid(), oddPaths}, Place::ThisComputer);

    QCOMPARE(data->data(QStringLiteral("text/uri-list")),
             QByteArray("file:///tmp/caf%E9\r\nfile:///tmp/a%0Ab\r\n"
                        "file:///tmp/100%2525%20%23%3F\r\n"));
}

void FileDragTest::readsWhatFileManagersSend()
{
    QMimeData data;
    data.setData(QStringLiteral("text/uri-list"),
                 "# a comment\r\nfile:///tmp/caf%E9\r\nfile://localhost/tmp/b%20c/\r\n");

    const auto drag = fromMimeData(data);

    QVERIFY(drag);
    QVERIFY(drag->pane.isNull());
    QCOMPARE(drag->paths, QList<FilePath>({FilePath("/tmp/caf\xe9"), FilePath("/tmp/b c")}));
}

void FileDragTest::readsPlainPaths()
{
    QMimeData data;
    data.setText(QStringLiteral("/tmp/a b\n/tmp/c\n"));

    const auto drag = fromMimeData(data);

    QVERIFY(drag);
    QCOMPARE(drag->paths, QList<FilePath>({FilePath("/tmp/a b"), FilePath("/tmp/c")}));
}

void FileDragTest::rejects_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("content");

    const QString addresses = QStringLiteral("text/uri-list");
    const QString text = QStringLiteral("text/plain");
    QTest::newRow("web address") << addresses << QByteArray("https://example.org/a\r\n");
    QTest::newRow("file and web address")
        << addresses << QByteArray("file:///a\r\nhttps://example.org/a\r\n");
    QTest::newRow("file of another computer")
        << addresses << QByteArray("file://nas.invalid/a\r\n");
    QTest::newRow("address without a path") << addresses << QByteArray("file://localhost\r\n");
    QTest::newRow("zero byte") << addresses << QByteArray("file:///a%00b\r\n");
    QTest::newRow("nothing") << addresses << QByteArray("\r\n");
    QTest::newRow("prose") << text << QByteArray("just words");
    QTest::newRow("path and prose") << text << QByteArray("/tmp/a\njust words");
    QTest::newRow("relative path") << text << QByteArray("../a");
}

void FileDragTest::rejects()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, content);
    QMimeData data;
    data.setData(format, content);

    QVERIFY(!fromMimeData(data));
}

void FileDragTest::rejectsForgedPrivateFormat()
{
    const QByteArray whole = toMimeData({QUuid::createUuid(), oddPaths}, Place::Server)
                                 ->data(QStringLiteral("application/x-ponto-files"));
    for (qsizetype length = 0; length < whole.size(); ++length) {
        QMimeData data;
        data.setData(QStringLiteral("application/x-ponto-files"), whole.first(length));
        QVERIFY2(!fromMimeData(data), qPrintable(QString::number(length)));
    }
    const auto withoutOrigin = toMimeData({QUuid(), oddPaths}, Place::Server);
    QVERIFY(!fromMimeData(*withoutOrigin));
}

// As QBasicDrag does: its filter comes after the watch was made, and lets nothing through.
void FileDragTest::escapeIsSeenAlthoughTheDragTakesIt()
{
    class Drag final : public QObject
    {
    public:
        bool eventFilter(QObject *, QEvent *event) override
        {
            return event->type() == QEvent::KeyPress;
        }
    };
    const ui::EscapeWatch watch;
    Drag drag;
    QCoreApplication::instance()->installEventFilter(&drag);
    QCoreApplication::processEvents();
    const auto press = [this](Qt::Key key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(this, &event);
    };

    press(Qt::Key_Control); // to copy
    QVERIFY(!watch.wasPressed());
    press(Qt::Key_Escape);
    QVERIFY(watch.wasPressed());
}

QTEST_MAIN(FileDragTest)

#include "FileDragTest.moc"

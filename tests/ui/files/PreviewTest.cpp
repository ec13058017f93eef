#include "files/LocalFileSystem.h"
#include "ui/files/PreviewDialog.h"

#include <QCheckBox>
#include <QFile>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using files::FilePath;
using ui::PreviewDialog;

class PreviewTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void textIsShownInParts();
    void controlsAreSeenNotObeyed();
    void bytesAreThoseOfHexdump();
    void bytesGoOnByRange();
    void imagesAreShown();
    void growingFileIsFollowed();
    void whatCanNotBeReadSaysWhy();

private:
    void write(const QString &name, const QByteArray &content,
               QIODevice::OpenMode mode = QIODevice::WriteOnly) const;
    void open(const QString &name);
    QString text() const;
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_dialog->findChild<Widget *>(QString::fromLatin1(name));
    }

    std::unique_ptr<QTemporaryDir> m_scratch;
    files::LocalFileSystem m_files;
    std::unique_ptr<PreviewDialog> m_dialog;
};

void PreviewTest::init()
{
    m_scratch = std::make_unique<QTemporaryDir>();
    QVERIFY2(m_scratch->isValid(), qPrintable(m_scratch->errorString()));
}

void PreviewTest::cleanup()
{
    m_dialog.reset();
}

void PreviewTest::write(const QString &name, const QByteArray &content,
                        QIODevice::OpenMode mode) const
{
    QFile file(m_scratch->filePath(name));
    QVERIFY2(file.open(mode), qPrintable(file.errorString()));
    QCOMPARE(file.write(content), content.size());
}

void PreviewTest::open(const QString &name)
{
    const FilePath path = FilePath::fromText(m_scratch->filePath(name));
    auto status = m_files.status(path);
    status.waitForFinished();
    m_dialog = std::make_unique<PreviewDialog>(
        m_files, path, status.result().value_or(files::FileEntry()), nullptr);
    m_dialog->show();
}

QString PreviewTest::text() const
{
    return child<QPlainTextEdit>("previewText")->toPlainText();
}

// The first part ends within a character of two bytes.
void PreviewTest::textIsShownInParts()
{
    const QByteArray line = QString(u'x' + QString(99, u'ü') + u'\n').toUtf8(); // 200 bytes
    write(u"log"_s, line.repeated(2000));
    open(u"log"_s);
    QTRY_VERIFY(text().size() > 100'000);
    QVERIFY(text().size() < 150'000);
    auto *more = child<QPushButton>("previewMore");
    QTRY_VERIFY(more->isEnabled());
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_COMPARE(text(), QString::fromUtf8(line.repeated(2000)));
    QTRY_COMPARE(child<QLabel>("previewRange")->text(), u"Bytes 1 to 400,000 of 400,000"_s);
    QVERIFY(!more->isEnabled());
}

void PreviewTest::controlsAreSeenNotObeyed()
{
    write(u"evil"_s, "a\x1b[31mred\xff\r\n\xe2\x80\xaeover");
    open(u"evil"_s);
    QTRY_COMPARE(text(), u"a\\x1B[31mred\\xff\n\\u{202E}over"_s);
}

void PreviewTest::bytesAreThoseOfHexdump()
{
    write(u"binary"_s, QByteArray("Hello\0\xff World, more", 19));
    open(u"binary"_s);
    // hexdump -C
    QTRY_COMPARE(text(),
                 u"00000000  48 65 6c 6c 6f 00 ff 20 57 6f 72 6c 64 2c 20 6d  "
                 "|Hello.. World, m|\n"
                 "00000010  6f 72 65                                         |ore|\n"_s);
    QVERIFY(!child<QCheckBox>("previewFollow")->isEnabled());
}

void PreviewTest::bytesGoOnByRange()
{
    write(u"binary"_s, QByteArray("0123456789abcde\0", 16).repeated(4000)); // 64,000 bytes
    open(u"binary"_s);
    auto *more = child<QPushButton>("previewMore");
    QTRY_VERIFY(more->isEnabled());
    QVERIFY(!text().contains(u"0000f9f0  "_s));
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_COMPARE(child<QLabel>("previewRange")->text(), u"Bytes 1 to 64,000 of 64,000"_s);
    QVERIFY(text().endsWith(
        u"0000f9f0  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 00  |0123456789abcde.|\n"_s));
    QCOMPARE(text().count(u'\n'), 4000);
    QVERIFY(!more->isEnabled());
}

void PreviewTest::imagesAreShown()
{
    QImage image(30, 20, QImage::Format_RGB32);
    image.fill(Qt::red);
    QVERIFY(image.save(m_scratch->filePath(u"picture.png"_s)));
    open(u"picture.png"_s);
    QTRY_COMPARE(child<QLabel>("previewImage")->pixmap().size(), QSize(30, 20));

    write(u"liar.png"_s, "no image");
    open(u"liar.png"_s);
    QTRY_VERIFY(text().contains(u"|no image|"_s));
}

void PreviewTest::growingFileIsFollowed()
{
    write(u"log"_s, "first\n");
    open(u"log"_s);
    QTRY_COMPARE(text(), u"first\n"_s);
    child<QCheckBox>("previewFollow")->click();
    QTRY_COMPARE(text(), u"first\n"_s);
    write(u"log"_s, "second\n", QIODevice::Append);
    QTRY_COMPARE(text(), u"first\nsecond\n"_s);

    write(u"log"_s, "new\n"); // as logrotate does
    QTRY_VERIFY(text().endsWith(u"new\n"_s));
    QVERIFY(text().contains(u"begins anew"_s));
}

void PreviewTest::whatCanNotBeReadSaysWhy()
{
    open(u"missing"_s);
    QTRY_VERIFY(!child<QLabel>("previewRange")->text().startsWith(u"Reading"_s));
    QVERIFY(!child<QLabel>("previewRange")->text().isEmpty());
    QCOMPARE(text(), QString());
}

QTEST_MAIN(PreviewTest)

#include "PreviewTest.moc"

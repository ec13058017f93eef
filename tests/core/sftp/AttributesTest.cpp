#include "sftp/Attributes.h"

#include <QTest>

using files::FileAttributes;

// The bytes are laid out by hand after draft-ietf-secsh-filexfer-02 section 5.
class AttributesTest : public QObject
{
    Q_OBJECT

private slots:
    void readsEveryField();
    void absentIsNotZero();
    void everyCutIsNoticed();
    void extendedCountMayLie();
    void writesWhatItReads();
    void leavesOutWhatDoesNotFit();
};

namespace {

const QByteArray full = QByteArray::fromHex("8000000f"
                                            "0000000100000002" // size
                                            "000003e8"
                                            "00000064" // user, group
                                            "000081a4" // regular file, 0644
                                            "5e0be100"
                                            "ffffffff" // times
                                            "00000001"
                                            "0000000161"
                                            "000000026263"); // one extension

std::optional<FileAttributes> read(const QByteArray &bytes)
{
    base::WireReader reader(bytes);
    return sftp::readAttributes(reader);
}

QByteArray written(const FileAttributes &attributes)
{
    base::WireWriter writer;
    sftp::writeAttributes(writer, attributes);
    return writer.take();
}

} // namespace

void AttributesTest::readsEveryField()
{
    const auto attributes = read(full);

    QVERIFY(attributes);
    QCOMPARE(attributes->size, 0x100000002U);
    QCOMPARE(attributes->userId, 1000U);
    QCOMPARE(attributes->groupId, 100U);
    QCOMPARE(attributes->permissions, 0100644U);
    QCOMPARE(attributes->accessTime, 1577836800);
    QCOMPARE(attributes->modificationTime, 4294967295);
}

void AttributesTest::absentIsNotZero()
{
    QCOMPARE(read(QByteArray(4, '\0')), FileAttributes());
}

void AttributesTest::everyCutIsNoticed()
{
    for (qsizetype length = 0; length < full.size(); ++length) {
        QVERIFY2(!read(full.first(length)), qPrintable(QString::number(length)));
    }
}

void AttributesTest::extendedCountMayLie()
{
    QVERIFY(!read(QByteArray::fromHex("80000000ffffffff0000000000000000")));
}

void AttributesTest::writesWhatItReads()
{
    QByteArray withoutExtension = full.first(full.size() - 15);
    withoutExtension[0] = '\0';

    QCOMPARE(written(*read(withoutExtension)), withoutExtension);
}

void AttributesTest::leavesOutWhatDoesNotFit()
{
    FileAttributes attributes;
    attributes.userId = 5; // without a group
    attributes.accessTime = 0;
    attributes.modificationTime = -1; // before 1970

    QCOMPARE(written(attributes), QByteArray(4, '\0'));
}

QTEST_APPLESS_MAIN(AttributesTest)

#include "AttributesTest.moc"

#include "files/AttributeChange.h"

#include <QTest>

using files::AttributeChange;
using files::FileAttributes;

// Modes as chmod(1) makes them: "u=rwX" and its like.
class AttributeChangeTest : public QObject
{
    Q_OBJECT

private slots:
    void modeIsThatOfItsKind_data();
    void modeIsThatOfItsKind();
    void nothingIsSentForWhatIsRight();
    void ownerGoesWithHisGroup();
};

namespace {

FileAttributes attributes(quint32 permissions)
{
    FileAttributes result;
    result.permissions = permissions;
    result.userId = 1000;
    result.groupId = 100;
    return result;
}

} // namespace

void AttributeChangeTest::modeIsThatOfItsKind_data()
{
    QTest::addColumn<quint32>("present");
    QTest::addColumn<quint32>("wanted"); // 0: nothing
    QTest::newRow("directory") << 0040700U << 0755U;
    QTest::newRow("text") << 0100600U << 0644U;
    QTest::newRow("program") << 0100700U << 0755U;
    QTest::newRow("program for the group alone") << 0100610U << 0755U;
    QTest::newRow("link") << 0120777U << 0U;
}

void AttributeChangeTest::modeIsThatOfItsKind()
{
    QFETCH(quint32, present);
    QFETCH(quint32, wanted);
    const files::ModeMask mask{.set = 0755, .clear = 0022};
    const AttributeChange change{.directories = mask, .others = mask, .isExecuteConditional = true};

    const FileAttributes result = change.appliedTo(attributes(present));

    QCOMPARE(result.permissions.value_or(0), wanted);
    QVERIFY(!result.userId && !result.groupId && !result.size && !result.modificationTime);
}

void AttributeChangeTest::nothingIsSentForWhatIsRight()
{
    const AttributeChange change{.directories = {.set = 0700, .clear = 0}, .userId = 1000};

    QCOMPARE(change.appliedTo(attributes(0040750)), FileAttributes());
    QCOMPARE(change.appliedTo(attributes(0100600)), FileAttributes());
}

// draft-ietf-secsh-filexfer-02 section 5: a server takes both or none.
void AttributeChangeTest::ownerGoesWithHisGroup()
{
    const AttributeChange change{.groupId = 33};

    const FileAttributes result = change.appliedTo(attributes(0100600));

    QCOMPARE(result.userId, 1000U);
    QCOMPARE(result.groupId, 33U);
    QVERIFY(!result.permissions);
}

QTEST_GUILESS_MAIN(AttributeChangeTest)

#include "AttributeChangeTest.moc"

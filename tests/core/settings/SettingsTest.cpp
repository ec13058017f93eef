#include "settings/Settings.h"

#include <QTemporaryDir>
#include <QTest>

using settings::Settings;
namespace keys = settings::keys;

class SettingsTest : public QObject
{
    Q_OBJECT

private slots:
    void unsetKeysHaveTheirFallback();
    void valuesSurviveTheProgram();
    void twoProgramsKeepEachOthersKeys();

private:
    QTemporaryDir m_directory;
};

void SettingsTest::unsetKeysHaveTheirFallback()
{
    const Settings settings(m_directory.filePath(QStringLiteral("none.ini")));
    QCOMPARE(settings.value(keys::hostKeyPolicy), QStringLiteral("ask"));
    QCOMPARE(settings.value(keys::windowGeometry), QByteArray());
}

void SettingsTest::valuesSurviveTheProgram()
{
    const QString file = m_directory.filePath(QStringLiteral("kept.ini"));
    const QByteArray blob("\0\xff,;=\n", 6);
    {
        Settings settings(file);
        settings.setValue(keys::view, QStringLiteral("files"));
        settings.setValue(keys::windowGeometry, blob);
    }
    const Settings settings(file);
    QCOMPARE(settings.value(keys::view), QStringLiteral("files"));
    QCOMPARE(settings.value(keys::windowGeometry), blob);
}

void SettingsTest::twoProgramsKeepEachOthersKeys()
{
    const QString file = m_directory.filePath(QStringLiteral("shared.ini"));
    {
        Settings first(file);
        Settings second(file);
        first.setValue(keys::view, QStringLiteral("terminal"));
        second.setValue(keys::hostKeyPolicy, QStringLiteral("reject"));
    }
    const Settings settings(file);
    QCOMPARE(settings.value(keys::view), QStringLiteral("terminal"));
    QCOMPARE(settings.value(keys::hostKeyPolicy), QStringLiteral("reject"));
}

QTEST_GUILESS_MAIN(SettingsTest)
#include "SettingsTest.moc"

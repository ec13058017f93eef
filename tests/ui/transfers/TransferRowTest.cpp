#include "ui/transfers/TransferRow.h"

#include "tests/support/Reason.h"
#include "tests/ui/transfers/ServerQueue.h"
#include "ui/theme/Theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QImage>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using transfer::TransferJob;
using ui::TransferRow;

namespace {

bool isDrawnIn(QWidget &widget, const QColor &color)
{
    const QImage image = widget.grab().toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).rgb() == color.rgb()) {
                return true;
            }
        }
    }
    return false;
}

} // namespace

// A row about jobs that copy to a real server.
class TransferRowTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void jobWaitsThenIsCopied();
    void cancelEndsTheJobAndItsQuestion();
    void answerForAllIsAskedOnce();
    void failuresFoldOut();
    void hostileNameIsShownAsText();
    void hostileNameIsNoMarkup();
    void rowOutlivesItsJob();

private:
    void show(TransferJob &job);
    template<typename Widget>
    Widget *child(const char *name) const
    {
        return m_row->findChild<Widget *>(QString::fromLatin1(name));
    }
    QString status() const { return child<QLabel>("transferStatus")->text(); }
    void click(const char *name)
    {
        QTest::mouseClick(child<QAbstractButton>(name), Qt::LeftButton);
    }

    std::unique_ptr<tests::ServerQueue> m_server;
    std::unique_ptr<TransferRow> m_row;
};

void TransferRowTest::init()
{
    m_server = std::make_unique<tests::ServerQueue>();
    const auto started = m_server->start();
    QVERIFY2(started, tests::reason(started).constData());
}

void TransferRowTest::cleanup()
{
    m_row.reset();
    m_server.reset();
}

void TransferRowTest::show(TransferJob &job)
{
    m_row = std::make_unique<TransferRow>(job);
    m_row->show();
    QVERIFY(QTest::qWaitForWindowActive(m_row.get()));
}

void TransferRowTest::jobWaitsThenIsCopied()
{
    tests::writeFile(m_server->local(u"a"_s), "abc");
    m_row = std::make_unique<TransferRow>(*m_server->queue().add(m_server->upload({u"a"_s})));
    QSignalSpy finished(m_row.get(), &TransferRow::finished);
    QCOMPARE(status(), u"Waiting"_s);
    QCOMPARE(m_row->accessibleName(), u"Upload of a"_s);
    QVERIFY(!m_row->isFinished());

    QVERIFY(finished.wait());

    QVERIFY(m_row->isFinished());
    QVERIFY2(status().startsWith(u"1 file copied · 3 "_s), qPrintable(status()));
    QCOMPARE(tests::readFile(m_server->remote(u"a"_s)), "abc");
    QVERIFY(child<QWidget>("transferPause")->isHidden());
    QVERIFY(child<QProgressBar>("transferProgress")->isHidden());
    QVERIFY(child<QWidget>("transferDetails")->isHidden());
}

void TransferRowTest::cancelEndsTheJobAndItsQuestion()
{
    show(*m_server->addConflict(u"a"_s));
    QSignalSpy asked(m_row.get(), &TransferRow::questionRaised);
    QVERIFY(asked.count() > 0 || asked.wait());
    QVERIFY(!child<QWidget>("conflictSkip")->hasFocus()); // whether it may, the panel says
    m_row->focusQuestion();
    QVERIFY(child<QWidget>("conflictSkip")->hasFocus());
    QVERIFY2(status().endsWith(u"waits\u00a0for\u00a0your\u00a0answer"_s), qPrintable(status()));

    click("transferCancel");

    QTRY_COMPARE(status(), u"Cancelled"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") == nullptr);
    QCOMPARE(tests::readFile(m_server->remote(u"a"_s)), "there");
}

void TransferRowTest::answerForAllIsAskedOnce()
{
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        tests::writeFile(m_server->local(name), "copy");
        tests::writeFile(m_server->remote(name), "there");
    }
    TransferJob *job = m_server->queue().add(m_server->upload({u"a"_s, u"b"_s, u"c"_s}));
    m_row = std::make_unique<TransferRow>(*job);
    QSignalSpy asked(m_row.get(), &TransferRow::questionRaised);
    m_row->show();
    QCOMPARE(m_row->accessibleName(), u"Upload of a and 2 more"_s);
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);

    child<QCheckBox>("conflictForAll")->click();
    click("conflictOverwrite");

    QTRY_VERIFY(m_row->isFinished());
    QVERIFY2(status().startsWith(u"3 files copied"_s), qPrintable(status()));
    QCOMPARE(asked.count(), 1);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        QCOMPARE(tests::readFile(m_server->remote(name)), "copy");
    }
}

void TransferRowTest::failuresFoldOut()
{
    tests::writeFile(m_server->local(u"a"_s), "abc");
    show(*m_server->queue().add(m_server->upload({u"a"_s, u"missing"_s})));
    const QString failed = u"1 of 2 failed: It does not exist."_s;
    QTRY_COMPARE(status(), failed);
    auto *label = child<QLabel>("transferStatus");
    QVERIFY(label->toolTip().contains(failed));
    QVERIFY(isDrawnIn(*label, ui::Theme::color(ui::Theme::Meaning::Danger, label->palette())));
    auto *failures = child<QPlainTextEdit>("transferFailures");
    QVERIFY(!failures->isVisible());

    click("transferDetails");

    QVERIFY(failures->isVisible());
    QVERIFY2(failures->toPlainText().startsWith(m_server->local(u"missing"_s) + u": "_s),
             qPrintable(failures->toPlainText()));
    QCOMPARE(failures->toPlainText().count(u'\n'), 0); // one line for the one that failed
}

void TransferRowTest::hostileNameIsShownAsText()
{
    show(*m_server->addConflict(u"<b>\n"_s));
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);

    QCOMPARE(m_row->accessibleName(), u"Upload of <b>\\x0A"_s);
    for (const QLabel *label : m_row->findChildren<QLabel *>()) {
        QVERIFY2(label->text().isEmpty() || label->textFormat() == Qt::PlainText,
                 qPrintable(label->text()));
    }
}

// A tooltip has no format of its own: Qt guesses.
void TransferRowTest::hostileNameIsNoMarkup()
{
    const QStringList names{u"<b>1"_s, u"<b>2"_s};
    for (const QString &name : names) {
        tests::writeFile(m_server->local(name), QByteArray(400'000, 'x'));
    }
    m_server->schedule().setLimit(200'000);
    show(*m_server->queue().add(m_server->upload(names)));
    const auto *current = child<QLabel>("transferCurrentFile");
    QTRY_VERIFY(!current->toolTip().isEmpty());
    QVERIFY2(!current->toolTip().contains(u'<'), qPrintable(current->toolTip()));
}

void TransferRowTest::rowOutlivesItsJob()
{
    show(*m_server->addConflict(u"a"_s));
    QTRY_VERIFY(child<QWidget>("conflictSheet") != nullptr);
    QSignalSpy finished(m_row.get(), &TransferRow::finished);

    m_server->stop();

    QCOMPARE(finished.count(), 1);
    QVERIFY(m_row->isFinished());
    QVERIFY(!status().isEmpty());
    QTRY_VERIFY(child<QWidget>("conflictSheet") == nullptr);
}

QTEST_MAIN(TransferRowTest)

#include "TransferRowTest.moc"

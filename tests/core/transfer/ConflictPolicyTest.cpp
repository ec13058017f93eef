#include "transfer/ConflictPolicy.h"

#include <QTest>

using transfer::AnswerScope;
using transfer::Conflict;
using transfer::ConflictAnswer;
using transfer::ConflictPolicy;

class ConflictPolicyTest : public QObject
{
    Q_OBJECT

private slots:
    void asksOneAtATime();
    void answerForAllEndsTheQuestions();
    void lookalikesAreNotOverwrittenUnasked_data();
    void lookalikesAreNotOverwrittenUnasked();
    void strangeAnswerIsIgnored();
};

namespace {

// A policy with what it asked and what was answered.
struct Scene
{
    QList<Conflict::Id> raised;
    QList<ConflictAnswer> answered;
    ConflictPolicy policy{[this](const Conflict &conflict) { raised.append(conflict.id); }};

    void ask(bool isLookalike = false)
    {
        Conflict conflict;
        conflict.isLookalike = isLookalike;
        policy.ask(conflict, [this](ConflictAnswer answer) { answered.append(answer); });
    }
};

} // namespace

void ConflictPolicyTest::asksOneAtATime()
{
    Scene scene;
    scene.ask();
    scene.ask();
    QCOMPARE(scene.raised.size(), 1);

    scene.policy.answer(scene.raised[0], ConflictAnswer::Skip, AnswerScope::ThisFile);

    QCOMPARE(scene.answered, QList{ConflictAnswer::Skip});
    QCOMPARE(scene.raised.size(), 2);
    QVERIFY(scene.raised[0] != scene.raised[1]);
    QCOMPARE(scene.policy.waitingCount(), 1);
}

void ConflictPolicyTest::answerForAllEndsTheQuestions()
{
    Scene scene;
    scene.ask();
    scene.ask();

    scene.policy.answer(scene.raised[0], ConflictAnswer::Overwrite, AnswerScope::AllFiles);
    scene.ask();

    QCOMPARE(scene.answered, QList<ConflictAnswer>(3, ConflictAnswer::Overwrite));
    QCOMPARE(scene.raised.size(), 1);
    QCOMPARE(scene.policy.waitingCount(), 0);
}

void ConflictPolicyTest::lookalikesAreNotOverwrittenUnasked_data()
{
    QTest::addColumn<ConflictAnswer>("forAll");
    QTest::newRow("overwrite") << ConflictAnswer::Overwrite;
    QTest::newRow("overwrite older") << ConflictAnswer::OverwriteOlder;
    QTest::newRow("resume") << ConflictAnswer::Resume; // one may begin like the other
}

void ConflictPolicyTest::lookalikesAreNotOverwrittenUnasked()
{
    QFETCH(ConflictAnswer, forAll);
    Scene scene;
    scene.ask();
    scene.ask(true);
    scene.ask();

    scene.policy.answer(scene.raised[0], forAll, AnswerScope::AllFiles);
    QCOMPARE(scene.answered, QList<ConflictAnswer>(2, forAll));
    QCOMPARE(scene.raised.size(), 2);
    scene.policy.answer(scene.raised[1], ConflictAnswer::Refuse, AnswerScope::AllFiles);
    scene.ask(true);
    scene.ask();

    QCOMPARE(scene.answered.sliced(2),
             (QList{ConflictAnswer::Refuse, ConflictAnswer::Refuse, forAll}));
    QCOMPARE(scene.raised.size(), 2);
}

void ConflictPolicyTest::strangeAnswerIsIgnored()
{
    Scene scene;
    scene.policy.answer(1, ConflictAnswer::Overwrite, AnswerScope::AllFiles);
    scene.ask();

    scene.policy.answer(scene.raised[0] + 1, ConflictAnswer::Overwrite, AnswerScope::AllFiles);

    QCOMPARE(scene.raised.size(), 1);
    QCOMPARE(scene.answered.size(), 0);
}

QTEST_APPLESS_MAIN(ConflictPolicyTest)

#include "ConflictPolicyTest.moc"

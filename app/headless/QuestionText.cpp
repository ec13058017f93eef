#include "app/headless/QuestionText.h"

#include "app/headless/NoticeText.h"
#include "base/DisplayText.h"
#include "hostkeys/Fingerprint.h"

using namespace Qt::StringLiterals;

namespace app {
namespace {

QString again(int attempt)
{
    return attempt > 1 ? u"That was not right. "_s : QString();
}

QList<Question> textOf(const ssh::PasswordQuestion &question)
{
    const QString login
        = base::displayText(question.user) + u'@' + base::displayText(question.host);
    return {{Question::Kind::Secret, again(question.attempt) + u"Password of %1: "_s.arg(login)}};
}

QList<Question> textOf(const ssh::PassphraseQuestion &question)
{
    return {{Question::Kind::Secret,
             again(question.attempt)
                 + u"Passphrase of the key %1: "_s.arg(base::displayText(question.keyFile))}};
}

QList<Question> textOf(const ssh::KeyModeQuestion &question)
{
    return {
        {Question::Kind::Confirmation,
         u"The server accepts the key %1, but others may read or change it (mode %2).\n"
         "Change its mode to 0600 and use it? (yes/no) "_s.arg(base::displayText(question.keyFile))
             .arg(question.mode, 4, 8, QLatin1Char('0'))}};
}

QList<Question> textOf(const ssh::ProxyPasswordQuestion &question)
{
    return {{Question::Kind::Secret,
             again(question.attempt)
                 + u"Password of %1 for the proxy %2 (it goes there without encryption): "_s.arg(
                     base::displayText(question.user), base::displayText(question.proxy))}};
}

QList<Question> textOf(const ssh::AgentUseQuestion &question)
{
    const QString key = question.comment.isEmpty()
        ? question.fingerprint
        : u"%1 (%2)"_s.arg(base::displayText(question.comment), question.fingerprint);
    const QString purpose = question.user.isEmpty()
        ? u"to sign something"_s
        : u"to log in as %1"_s.arg(base::displayText(question.user));
    return {
        {Question::Kind::Confirmation,
         u"A program on %1 wants to use the key %2 of your agent %3.\nAllow it once? (yes/no) "_s
             .arg(base::displayText(question.host), key, purpose)}};
}

// Server, name and instruction stand above the first question only.
QList<Question> textOf(const ssh::ChallengeQuestion &question)
{
    QString heading
        = u"The server %1 asks, in its own words:\n"_s.arg(base::displayText(question.host));
    for (const QString &text : {question.name, question.instruction}) {
        if (!text.trimmed().isEmpty()) {
            heading += quotedServerText(text) + u'\n';
        }
    }
    QList<Question> questions;
    for (const ssh::ChallengeQuestion::Item &item : question.items) {
        const auto kind = item.echo ? Question::Kind::Visible : Question::Kind::Secret;
        questions.append(
            {kind, std::exchange(heading, {}) + u"  | "_s + base::displayText(item.prompt)});
    }
    return questions;
}

QList<Question> textOf(const ssh::HostKeyQuestion &question)
{
    const bool isKnownOtherwise
        = question.verdict.status == hostkeys::HostKeyVerdict::Status::OtherType;
    const QString host = base::displayText(question.host);
    const QString type = base::displayText(question.key.label());
    const QString where = question.address.isEmpty()
        ? u"port %1"_s.arg(question.port)
        : u"%1, port %2"_s.arg(question.address).arg(question.port);
    QString text = u"The host %1 (%2) is not known.\n"_s.arg(host, where);
    if (isKnownOtherwise && question.verdict.knownKeys.isEmpty()) {
        const auto line = question.verdict.decidedBy.value_or(hostkeys::Location());
        text = u"A line about the host %1 (%2) can not be read: %3:%4.\n"_s
                   .arg(host, where, base::displayText(line.file))
                   .arg(line.line);
    } else if (isKnownOtherwise) {
        text = u"The host %1 (%2) is known, but not by a key of the type %3.\n"_s.arg(host, where,
                                                                                      type);
    }
    text += u"Its %1 key has the fingerprint %2.\n"_s.arg(
        type, hostkeys::Fingerprint(question.key).sha256());
    for (const hostkeys::KnownKey &known : question.verdict.knownKeys) {
        text += u"Known by %1 %2 in %3:%4.\n"_s
                    .arg(base::displayText(known.key.label()),
                         hostkeys::Fingerprint(known.key).sha256(),
                         base::displayText(known.location.file))
                    .arg(known.location.line);
    }
    if (question.verdict.hasCertificateAuthority) {
        text += u"A certificate authority is trusted for this host, which Ponto can not check.\n"_s;
    }
    text += u"Connect and remember it? (yes/no/fingerprint) "_s;
    return {{Question::Kind::Confirmation, text}};
}

} // namespace

QList<Question> questionsOf(const ssh::Prompt &prompt)
{
    QList<Question> questions
        = std::visit([](const auto &question) { return textOf(question); }, prompt.question);
    if (!prompt.jumpHost.isEmpty()) {
        questions.first().text.prepend(
            u"For the jump host %1:\n"_s.arg(base::displayText(prompt.jumpHost)));
    }
    return questions;
}

} // namespace app

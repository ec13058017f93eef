#include "ui/prompts/ChallengeSheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SecretEdit.h"

#include <QApplication>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

// A server may send 4 GiB of prompt (RFC 4256 has no limit); nobody reads more than this.
constexpr qsizetype longestText = 2000;

QString serverText(const QString &text)
{
    return base::displayText(QStringView(text).first(std::min(text.size(), longestText)),
                             base::LineBreaks::Keep)
        .trimmed();
}

} // namespace

ChallengeSheet::ChallengeSheet(const ssh::ChallengeQuestion &question, QWidget *parent)
    : Sheet(parent, Theme::Meaning::Warning)
{
    const QString host = base::displayText(question.host);
    setObjectName(QStringLiteral("challengeSheet"));
    setAccessibleName(tr("Questions from %1").arg(host));

    auto *send = new QPushButton(tr("Send to %1").arg(host), this);
    send->setObjectName(QStringLiteral("challengeAccept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("challengeCancel"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(send);
    buttons->addWidget(cancel);

    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(
        QStringLiteral("server"), Theme::color(Theme::Meaning::Warning, QApplication::palette()),
        tr("%1 asks, before it lets %2 in").arg(host, base::displayText(question.user)), this));
    layout->addWidget(createQuestions(question));
    layout->addWidget(
        new PlainLabel(tr("Everything in the frame was written by the server. What you answer is "
                          "sent to it: never the passphrase of a key."),
                       PlainLabel::Role::Subtle, this));
    layout->addLayout(buttons);
    connect(send, &QPushButton::clicked, this, &ChallengeSheet::answer);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    setFocusProxy(m_fields.isEmpty() ? static_cast<QWidget *>(cancel) : m_fields.first());
}

QWidget *ChallengeSheet::createQuestions(const ssh::ChallengeQuestion &question)
{
    auto *frame = new QGroupBox(tr("The server says:"), this);
    auto *form = new QFormLayout(frame);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (const QString &text : {question.name, question.instruction}) {
        if (!text.trimmed().isEmpty()) {
            form->addRow(new PlainLabel(serverText(text), PlainLabel::Role::Text, frame));
        }
    }
    for (const ssh::ChallengeQuestion::Item &item : question.items) {
        addField(*form, item);
    }
    return frame;
}

void ChallengeSheet::addField(QFormLayout &form, const ssh::ChallengeQuestion::Item &item)
{
    auto *field = new SecretEdit;
    field->setObjectName(QStringLiteral("challengeEdit%1").arg(m_fields.size()));
    field->setEchoMode(item.echo ? QLineEdit::Normal : QLineEdit::Password);
    const QString prompt = serverText(item.prompt);
    field->setAccessibleName(prompt);
    form.addRow(new PlainLabel(prompt, PlainLabel::Role::Text), field);
    connect(field, &QLineEdit::returnPressed, this,
            [this, index = m_fields.size()] { handleReturn(index); });
    m_fields.append(field);
}

// Enter goes to the next question, and sends from the last.
void ChallengeSheet::handleReturn(qsizetype field)
{
    if (field + 1 < m_fields.size()) {
        m_fields[field + 1]->setFocus();
    } else {
        answer();
    }
}

void ChallengeSheet::answer()
{
    ssh::SecretAnswers answers;
    for (SecretEdit *field : std::as_const(m_fields)) {
        answers.append(field->take());
    }
    emit answered(answers);
    finish();
}

} // namespace ui

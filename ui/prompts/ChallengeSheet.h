// ChallengeSheet: questions that a server made up (keyboard-interactive), such as a one-time code.
//
// Its words are shown as plain text, inside a frame that says whose they are.

#pragma once

#include "ssh/Prompt.h"
#include "ui/widgets/Sheet.h"

#include <QList>

class QFormLayout;

namespace ui {

class SecretEdit;

class ChallengeSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit ChallengeSheet(const ssh::ChallengeQuestion &question, QWidget *parent = nullptr);

signals:
    void answered(const ssh::SecretAnswers &answers); // as many as there are questions

private:
    QWidget *createQuestions(const ssh::ChallengeQuestion &question);
    void addField(QFormLayout &form, const ssh::ChallengeQuestion::Item &item);
    void handleReturn(qsizetype field);
    void answer();

    QList<SecretEdit *> m_fields;
};

} // namespace ui

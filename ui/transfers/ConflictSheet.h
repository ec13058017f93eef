// ConflictSheet: asks, within the transfer that it is about, what to do with a file that is there
// already. Other files go on meanwhile.

#pragma once

#include "transfer/TransferRequest.h"
#include "ui/widgets/Sheet.h"

class QCheckBox;
class QHBoxLayout;
class QPushButton;

namespace ui {

class ConflictSheet final : public Sheet
{
    Q_OBJECT

public:
    // Skip has the focus, and is what Escape means.
    ConflictSheet(const transfer::Conflict &conflict, QWidget *parent = nullptr);

signals:
    void answered(transfer::ConflictAnswer answer, transfer::AnswerScope scope); // once

private:
    QHBoxLayout *createButtons(const transfer::Conflict &conflict);
    void addReplacingButtons(QHBoxLayout &buttons, const transfer::Conflict &conflict);
    QPushButton *addButton(QHBoxLayout &row, const QString &objectName, const QString &text,
                           transfer::ConflictAnswer answer);
    void answer(transfer::ConflictAnswer answer);

    QCheckBox *m_forAll;
};

} // namespace ui

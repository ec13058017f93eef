// ForwardSheet: asks for a forward that starts at once.

#pragma once

#include "profiles/Forward.h"
#include "ui/widgets/Sheet.h"

namespace ui {

class ForwardForm;
class PlainLabel;

class ForwardSheet final : public Sheet
{
    Q_OBJECT

public:
    explicit ForwardSheet(QWidget *parent = nullptr);

    int widthInCharacters() const override { return 100; }

signals:
    void chosen(const profiles::Forward &forward);

private:
    void submit();

    ForwardForm *m_form;
    PlainLabel *m_problem;
};

} // namespace ui

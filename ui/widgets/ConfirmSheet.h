// ConfirmSheet: a plain question about something that can not be undone. Cancel has the focus.

#pragma once

#include "ui/widgets/Sheet.h"

namespace ui {

class ConfirmSheet final : public Sheet
{
    Q_OBJECT

public:
    // `question` is the title, `consequence` one sentence about what happens, `confirm` the
    // button's verb. `meaning` colors it.
    ConfirmSheet(const QString &question, const QString &consequence, const QString &confirm,
                 QWidget *parent = nullptr, std::optional<Theme::Meaning> meaning = std::nullopt);

signals:
    void confirmed();
};

} // namespace ui

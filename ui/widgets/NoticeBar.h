// NoticeBar: a remark that needs no answer, and perhaps one thing to do about it ("Undo"). Hidden
// until there is one; a new remark takes the place of the old.

#pragma once

#include "ui/widgets/Panel.h"

#include <functional>

class QPushButton;

namespace ui {

class PlainLabel;

class NoticeBar final : public Panel
{
    Q_OBJECT

public:
    explicit NoticeBar(Theme::Meaning meaning, QWidget *parent = nullptr);

    // `text` is shown as plain text.
    void showNotice(const QString &text);

    // With a button; `action` is called at most once, and closes the bar.
    void showNotice(const QString &text, const QString &button, std::function<void()> action);

    void dismiss();

private:
    PlainLabel *m_label;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace ui

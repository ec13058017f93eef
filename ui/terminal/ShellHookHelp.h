// ShellHookHelp: says what is missing where a shell does not mark its commands, and offers the line
// that makes it do so: to be copied, or typed at the prompt without Enter. Used by CommandsPanel.

#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace ui {

class PlainLabel;

class ShellHookHelp final : public QWidget
{
    Q_OBJECT

public:
    explicit ShellHookHelp(QWidget *parent = nullptr);

signals:
    void typeRequested(const QString &line);

private:
    void showHook();

    QComboBox *m_shell;
    QLineEdit *m_line;
    PlainLabel *m_where;
};

} // namespace ui

// RunForm: where the user says what is to be run, and how.

#pragma once

#include "commands/RunOrder.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace ui {

class RunForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RunForm(QWidget *parent = nullptr);

    // The order, or in a sentence why it is none.
    base::Result<commands::RunOrder, QString> order() const;

    QString command() const;
    void setCommand(const QString &command);
    void remember(); // the command, among those of this tab; in memory alone, for it may be secret

signals:
    void submitted(); // Enter in the command
    void changed();

private:
    QWidget *createOptions();
    QWidget *createInput();
    void updateInput();
    void chooseFile();

    QComboBox *m_command;
    QToolButton *m_toggle;
    QWidget *m_options = nullptr;
    QComboBox *m_input = nullptr;
    QPlainTextEdit *m_text = nullptr;
    QCheckBox *m_newline = nullptr;
    QLineEdit *m_file = nullptr;
    QToolButton *m_browse = nullptr;
    QCheckBox *m_terminal = nullptr;
    QLineEdit *m_directory = nullptr;
    QPlainTextEdit *m_environment = nullptr;
    QSpinBox *m_time = nullptr;
};

} // namespace ui

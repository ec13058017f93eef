#include "ui/commands/RunForm.h"

#include "base/DisplayText.h"
#include "ui/theme/Icons.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
namespace {

using Input = commands::RunOrder::Input;

constexpr int mostRemembered = 50;
constexpr int longestTime = 7 * 24 * 3600; // seconds

template<typename T>
T *named(T *widget, const char *name, const QString &accessibleName)
{
    widget->setObjectName(QString::fromLatin1(name));
    widget->setAccessibleName(accessibleName);
    return widget;
}

QPlainTextEdit *createLines(const char *name, const QString &accessibleName, const QString &hint)
{
    auto *edit = named(new QPlainTextEdit, name, accessibleName);
    edit->setPlaceholderText(hint);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * 2 + 2 * edit->frameWidth() + 10);
    return edit;
}

} // namespace

RunForm::RunForm(QWidget *parent)
    : QWidget(parent)
    , m_command(named(new QComboBox, "runCommand", tr("Command")))
    , m_toggle(named(new QToolButton, "runOptionsToggle", tr("Options")))
{
    m_options = createOptions();
    m_command->setEditable(true);
    m_command->setInsertPolicy(QComboBox::NoInsert);
    m_command->setMaxCount(mostRemembered);
    m_command->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_command->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_command->completer()->setCaseSensitivity(Qt::CaseSensitive);
    m_command->lineEdit()->setPlaceholderText(tr("Command, run in a shell of its own"));
    m_command->setToolTip(tr("Each run has a shell of its own: directory and variables of another "
                             "run, and of the terminal, do not hold here."));
    m_toggle->setText(tr("Options"));
    m_toggle->setCheckable(true);
    m_toggle->setAutoRaise(true);
    m_toggle->setArrowType(Qt::RightArrow);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_options->hide();
    connect(m_toggle, &QToolButton::toggled, m_options, [this](bool isOpen) {
        m_options->setVisible(isOpen);
        m_toggle->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_command->lineEdit(), &QLineEdit::returnPressed, this, &RunForm::submitted);
    connect(m_command, &QComboBox::editTextChanged, this, &RunForm::changed);
    setFocusProxy(m_command);

    auto *row = new QHBoxLayout;
    row->addWidget(m_command, 1);
    row->addWidget(m_toggle);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_options);
    updateInput();
}

QWidget *RunForm::createOptions()
{
    auto *options = new QWidget;
    m_directory = named(new QLineEdit, "runDirectory", tr("Start directory"));
    m_directory->setPlaceholderText(tr("Home directory"));
    m_environment = createLines("runEnvironment", tr("Environment"), tr("NAME=value in each line"));
    m_environment->setToolTip(tr("Servers drop what their setting AcceptEnv does not name."));
    m_terminal = named(new QCheckBox(tr("With a terminal")), "runTerminal", tr("With a terminal"));
    m_terminal->setToolTip(tr("For programs that insist on one. Standard error then comes with "
                              "standard output."));
    m_time = named(new QSpinBox, "runTimeLimit", tr("Time limit"));
    m_time->setRange(0, longestTime);
    m_time->setSpecialValueText(tr("None"));
    m_time->setSuffix(tr(" s"));
    auto *limits = new QHBoxLayout;
    limits->addWidget(m_time);
    limits->addWidget(m_terminal);
    limits->addStretch();

    auto *left = new QFormLayout;
    left->addRow(tr("Input:"), createInput());
    left->addRow(tr("Time limit:"), limits);
    auto *right = new QFormLayout;
    right->addRow(tr("Directory:"), m_directory);
    right->addRow(tr("Environment:"), m_environment);
    auto *row = new QHBoxLayout(options);
    row->setContentsMargins({});
    row->addLayout(left, 1);
    row->addLayout(right, 1);
    return options;
}

QWidget *RunForm::createInput()
{
    auto *input = new QWidget;
    m_input = named(new QComboBox, "runInput", tr("Standard input"));
    m_input->addItem(tr("None"), static_cast<int>(Input::None));
    m_input->addItem(tr("Text"), static_cast<int>(Input::Text));
    m_input->addItem(tr("File"), static_cast<int>(Input::File));
    m_input->addItem(tr("Typed while it runs"), static_cast<int>(Input::Later));
    m_text = createLines("runText", tr("Text for standard input"), {});
    m_newline = named(new QCheckBox(tr("End with a line break")), "runNewline",
                      tr("End with a line break"));
    m_newline->setChecked(true);
    m_file = named(new QLineEdit, "runFile", tr("File for standard input"));
    m_browse = named(new QToolButton, "runBrowse", tr("Choose a file"));
    m_browse->setIcon(Icons::icon(QStringLiteral("folder")));
    m_browse->setToolTip(tr("Choose a file"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_input);
    row->addWidget(m_newline);
    row->addWidget(m_file, 1);
    row->addWidget(m_browse);
    row->addStretch();
    auto *layout = new QVBoxLayout(input);
    layout->setContentsMargins({});
    layout->addLayout(row);
    layout->addWidget(m_text);
    connect(m_input, &QComboBox::currentIndexChanged, this, &RunForm::updateInput);
    connect(m_browse, &QToolButton::clicked, this, &RunForm::chooseFile);
    return input;
}

void RunForm::updateInput()
{
    const auto input = static_cast<Input>(m_input->currentData().toInt());
    m_text->setVisible(input == Input::Text);
    m_newline->setVisible(input == Input::Text);
    m_file->setVisible(input == Input::File);
    m_browse->setVisible(input == Input::File);
}

void RunForm::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("File for standard input"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_file, &QLineEdit::setText);
    dialog->open();
}

QString RunForm::command() const
{
    return m_command->currentText();
}

void RunForm::setCommand(const QString &command)
{
    m_command->setEditText(command);
}

base::Result<commands::RunOrder, QString> RunForm::order() const
{
    if (command().trimmed().isEmpty()) {
        return base::Failure(tr("Type a command first."));
    }
    const auto environment = commands::environmentIn(m_environment->toPlainText());
    if (!environment) {
        return base::Failure(tr("The environment has a line that is not NAME=value: %1")
                                 .arg(base::displayText(environment.error())));
    }
    commands::RunOrder order;
    order.command = command().toUtf8();
    order.directory = m_directory->text().toUtf8();
    order.environment = *environment;
    order.input = static_cast<Input>(m_input->currentData().toInt());
    order.text = m_text->toPlainText().toUtf8();
    if (m_newline->isChecked() && !order.text.isEmpty() && !order.text.endsWith('\n')) {
        order.text += '\n';
    }
    order.file = m_file->text();
    if (order.input == Input::File && order.file.isEmpty()) {
        return base::Failure(tr("Choose the file for standard input first."));
    }
    order.terminal = m_terminal->isChecked() ? commands::RunOrder::Terminal::Present
                                             : commands::RunOrder::Terminal::Absent;
    order.timeLimit = std::chrono::seconds(m_time->value());
    return order;
}

void RunForm::remember()
{
    const QString text = command();
    m_command->removeItem(m_command->findText(text, Qt::MatchExactly | Qt::MatchCaseSensitive));
    m_command->insertItem(0, text);
    m_command->setCurrentIndex(0);
}

} // namespace ui

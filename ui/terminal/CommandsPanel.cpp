#include "ui/terminal/CommandsPanel.h"

#include "ui/terminal/ShellCommands.h"
#include "ui/terminal/ShellHookHelp.h"
#include "ui/theme/Icons.h"
#include "ui/theme/Theme.h"
#include "ui/widgets/PlainLabel.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using namespace std::chrono_literals;

constexpr auto fillDelay = 100ms; // a script may run many commands a second
constexpr int indexRole = Qt::UserRole;
constexpr int leastCharacters = 56; // wide

enum Column { Text, Status, Took, Started, ColumnCount };

} // namespace

CommandsPanel::CommandsPanel(ShellCommands &commands, QWidget &screen)
    : Panel(std::nullopt, &screen)
    , m_commands(commands)
    , m_screen(screen)
    , m_filter(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_problem(new PlainLabel({}, PlainLabel::Role::Text))
    , m_help(new ShellHookHelp)
    , m_go(createButton("commandGo", tr("&Go to")))
    , m_copyOutput(createButton("commandCopyOutput", tr("Copy &output")))
    , m_copyCommand(createButton("commandCopy", tr("&Copy command")))
{
    setObjectName(QStringLiteral("commandsPanel"));
    setAccessibleName(tr("Commands of this terminal"));
    setAutoFillBackground(true);
    setContextMenuPolicy(Qt::PreventContextMenu); // the terminal's has nothing to do with it
    hide();
    createLayout();
    screen.installEventFilter(this);
    m_filter->installEventFilter(this);
    m_fillTimer.setSingleShot(true);
    m_fillTimer.setInterval(fillDelay);
    connect(&m_fillTimer, &QTimer::timeout, this, &CommandsPanel::fill);
    connect(&m_commands, &ShellCommands::changed, this, [this] {
        if (isVisible() && !m_fillTimer.isActive()) {
            m_fillTimer.start();
        }
    });
    connect(m_filter, &QLineEdit::textChanged, this, &CommandsPanel::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &CommandsPanel::updateButtons);
    connect(m_list, &QTreeWidget::itemActivated, this, &CommandsPanel::goToChosen);
    connect(m_go, &QPushButton::clicked, this, &CommandsPanel::goToChosen);
    connect(m_copyOutput, &QPushButton::clicked, this, &CommandsPanel::copyOutput);
    connect(m_copyCommand, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_commands.all().value(chosen()).text);
    });
    connect(m_help, &ShellHookHelp::typeRequested, this, [this](const QString &line) {
        close();
        emit typeRequested(line);
    });
}

QPushButton *CommandsPanel::createButton(const char *name, const QString &text)
{
    auto *button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(true);
    return button;
}

void CommandsPanel::createLayout()
{
    m_filter->setObjectName(QStringLiteral("commandFilter"));
    m_filter->setAccessibleName(tr("Filter commands"));
    m_filter->setPlaceholderText(tr("Filter commands"));
    m_filter->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->setColumnCount(ColumnCount);
    m_list->setHeaderLabels({tr("Command"), tr("Status"), tr("Took"), tr("Started")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Text, QHeaderView::Stretch);
    m_problem->setObjectName(QStringLiteral("commandProblem"));
    m_problem->hide();
    auto *close = new QToolButton;
    close->setObjectName(QStringLiteral("commandsClose"));
    close->setIcon(Icons::icon(QStringLiteral("close")));
    close->setAccessibleName(tr("Close the list of commands"));
    close->setAutoRaise(true);
    connect(close, &QToolButton::clicked, this, &CommandsPanel::close);
    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addStretch();
    top->addWidget(close);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_go, m_copyOutput, m_copyCommand}) {
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_help);
    layout->addWidget(m_list, 1);
    layout->addStretch();
    layout->addWidget(m_problem);
    layout->addLayout(buttons);
}

void CommandsPanel::open()
{
    m_filter->clear();
    m_list->setCurrentItem(nullptr); // the latest, not the one of the last time
    fill();
    place();
    show();
    raise();
    // Never nowhere: the keys would go on to the shell.
    if (m_commands.isMarked()) {
        m_filter->setFocus(Qt::OtherFocusReason);
    } else {
        m_help->setFocus(Qt::OtherFocusReason);
    }
}

void CommandsPanel::close()
{
    if (isVisible()) {
        hide();
        emit closed();
    }
}

QString CommandsPanel::durationText(std::chrono::milliseconds duration)
{
    const QLocale locale;
    constexpr int base = 10;
    const QLatin1Char zero('0');
    const qint64 total = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
    if (duration < 10s) {
        return tr("%1 s").arg(
            locale.toString(std::chrono::duration<double>(duration).count(), 'f', 1));
    }
    if (duration < 1min) {
        return tr("%1 s").arg(total);
    }
    if (duration < 1h) {
        return tr("%1 min %2 s").arg(total / 60).arg(total % 60, 2, base, zero);
    }
    return tr("%1 h %2 min").arg(locale.toString(total / 3600)).arg(total / 60 % 60, 2, base, zero);
}

void CommandsPanel::fillRow(QTreeWidgetItem &row, const ShellCommand &command) const
{
    row.setText(Text, command.text.isEmpty() ? tr("(not known)") : command.text);
    row.setToolTip(Text, command.text.toHtmlEscaped());
    if (!command.duration) {
        row.setText(Status, tr("running"));
    } else if (!command.status) {
        row.setText(Status, tr("ended"));
    } else {
        row.setText(Status, QLocale().toString(*command.status));
        if (*command.status != 0) {
            row.setForeground(Status, Theme::color(Theme::Meaning::Danger, palette()));
        }
    }
    row.setText(Took, command.duration ? durationText(*command.duration) : QString());
    row.setText(Started, QLocale().toString(command.startedAt.time(), QLocale::ShortFormat));
    row.setToolTip(Started, QLocale().toString(command.startedAt, QLocale::ShortFormat));
}

void CommandsPanel::fill()
{
    const auto *current = m_list->currentItem();
    const QDateTime kept
        = current == nullptr ? QDateTime() : m_commands.all().value(chosen()).startedAt;
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    const QList<ShellCommand> &all = m_commands.all();
    for (qsizetype index = all.size() - 1; index >= 0; --index) {
        auto *row = new QTreeWidgetItem(m_list);
        row->setData(Text, indexRole, index);
        fillRow(*row, all[index]);
        if (kept.isValid() && all[index].startedAt == kept) {
            m_list->setCurrentItem(row);
        }
    }
    m_help->setVisible(!m_commands.isMarked());
    for (QWidget *part : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_filter),
                          static_cast<QWidget *>(m_go), static_cast<QWidget *>(m_copyOutput),
                          static_cast<QWidget *>(m_copyCommand)}) {
        part->setVisible(m_commands.isMarked());
    }
    m_problem->hide();
    filter();
}

void CommandsPanel::filter()
{
    const QString wanted = m_filter->text().trimmed();
    QTreeWidgetItem *first = nullptr;
    for (int row = 0; row < m_list->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_list->topLevelItem(row);
        item->setHidden(!item->text(Text).contains(wanted, Qt::CaseInsensitive));
        if (!item->isHidden() && first == nullptr) {
            first = item;
        }
    }
    if (m_list->currentItem() == nullptr || m_list->currentItem()->isHidden()) {
        m_list->setCurrentItem(first);
    }
    updateButtons();
}

qsizetype CommandsPanel::chosen() const
{
    const QTreeWidgetItem *item = m_list->currentItem();
    return item == nullptr ? -1 : item->data(Text, indexRole).toLongLong();
}

void CommandsPanel::updateButtons()
{
    const qsizetype index = chosen();
    for (QPushButton *button : {m_go, m_copyOutput}) {
        button->setEnabled(index >= 0);
    }
    m_copyCommand->setEnabled(index >= 0 && !m_commands.all().value(index).text.isEmpty());
    m_problem->hide();
}

void CommandsPanel::goToChosen()
{
    if (chosen() < 0) {
        return;
    }
    if (m_commands.goTo(chosen())) {
        close();
        return;
    }
    m_problem->setText(tr("This command is no longer in what the terminal has kept."));
    m_problem->show();
}

void CommandsPanel::copyOutput()
{
    const std::optional<QString> output = m_commands.output(chosen());
    if (!output) {
        m_problem->setText(tr("The beginning of its output is no longer in what the terminal has "
                              "kept. Nothing was copied."));
    } else if (output->isEmpty()) {
        m_problem->setText(tr("It has written nothing. Nothing was copied."));
    } else {
        QGuiApplication::clipboard()->setText(*output);
        const qsizetype lines = output->count(u'\n');
        m_problem->setText(lines == 1 ? tr("One line was copied.")
                                      : tr("%1 lines were copied.").arg(QLocale().toString(lines)));
    }
    m_problem->show();
}

bool CommandsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_screen && event->type() == QEvent::Resize) {
        place();
    }
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            QCoreApplication::sendEvent(m_list, event);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            goToChosen();
            return true;
        default:
            break;
        }
    }
    return Panel::eventFilter(watched, event);
}

void CommandsPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        close();
    }
    event->accept(); // nothing typed here may go on to the terminal
}

void CommandsPanel::place()
{
    const int least = fontMetrics().averageCharWidth() * leastCharacters;
    const int width = std::min(m_screen.width(), std::max(least, m_screen.width() / 2));
    setGeometry(m_screen.width() - width, 0, width, m_screen.height());
}

} // namespace ui

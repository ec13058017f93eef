// ViewSwitch: the three buttons at the top of a tab that choose between terminal, files and both.

#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class ViewSwitch final : public QWidget
{
    Q_OBJECT

public:
    enum class View { Terminal, Files, Both };

    // As it is stored in the settings: terminal, files or both. Anything else is Both.
    static View fromName(const QString &name);
    static QString name(View view);

    explicit ViewSwitch(QWidget *parent = nullptr);

    View view() const { return m_view; }
    void setView(View view);

signals:
    void viewChosen(ui::ViewSwitch::View view); // by the user

protected:
    void changeEvent(QEvent *event) override;

private:
    void markChosen();
    QToolButton *add(View view, const QString &icon, const QString &text, const QString &name);

    View m_view = View::Both;
    QToolButton *m_terminal;
    QToolButton *m_files;
    QToolButton *m_both;
};

} // namespace ui

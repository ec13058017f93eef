// AlgorithmListEdit: the algorithms of a session, list by list: which are offered, and in which
// order. Checked ones are, the uppermost first.

#pragma once

#include "profiles/Transport.h"

#include <QWidget>

class QComboBox;
class QListWidget;
class QToolButton;

namespace ui {

class AlgorithmListEdit final : public QWidget
{
    Q_OBJECT

public:
    explicit AlgorithmListEdit(QWidget *parent = nullptr);

    // What is offered where the lists are empty comes from the preset.
    void load(const profiles::Transport &transport);
    void setPreset(profiles::AlgorithmPreset preset);

    // A list that is as the preset has it is stored as empty, and follows the preset then.
    void store(profiles::Transport &transport) const;

    // One sentence if a list offers nothing.
    QString problem() const;

private:
    profiles::AlgorithmList current() const;
    void showList();
    void takeList();
    void move(int by);
    void reset();
    void updateButtons();

    profiles::Transport m_transport;
    QComboBox *m_which;
    QListWidget *m_names;
    QToolButton *m_up;
    QToolButton *m_down;
    QToolButton *m_reset;
    std::array<bool, profiles::allAlgorithmLists.size()> m_isEmptied{}; // nothing is checked
};

} // namespace ui
